// React's development build remembers every frame; this has to be said before Ink is imported.
process.env.NODE_ENV = 'production';
