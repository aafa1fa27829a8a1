#!/usr/bin/env node
// React's development build leaks; it is chosen by this variable when Ink is first imported.
process.env.NODE_ENV = 'production';
const { main } = await import('../dist/cli/main.js');
await main(process.argv.slice(2));
