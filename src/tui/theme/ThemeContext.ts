import { createContext } from 'react';
import { createTheme, type Theme } from './theme.js';

/** The theme of all panels below. @default truecolour and Unicode */
export const ThemeContext = createContext<Theme>(createTheme({ color: 3, glyphs: 'braille' }));
