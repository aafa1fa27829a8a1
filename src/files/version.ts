/** That of package.json, which a bundle does not have beside it; a test compares the two. */
export const VERSION = '0.1.0';
