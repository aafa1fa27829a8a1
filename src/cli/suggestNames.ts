import type { Command } from 'commander';
import { closestName } from '../text/closestName.js';

/** Has a command suggest the name that was probably meant, as the library does for its options: commander does not know beginnings. */
export function suggestNames(command: Command): void {
  command.showSuggestionAfterError(false).configureOutput({
    outputError: (text, write) => write(`${text}${suggestion(text, command)}`),
  });
}

function suggestion(complaint: string, command: Command): string {
  const near = nearName(complaint, command) ?? nearChoice(complaint);
  return near === undefined ? '' : `(Did you mean ${near}?)\n`;
}

function nearName(complaint: string, command: Command): string | undefined {
  const [, kind, word] = /^error: unknown (option|command) '(.+)'\n$/s.exec(complaint) ?? [];
  return word && closestName(word, kind === 'option' ? flagsOf(command) : commandsOf(command));
}

/** For options that take one of a few words. */
function nearChoice(complaint: string): string | undefined {
  const [, word, choices] = /argument '(.+)' is invalid\. Allowed choices are (.+)\.\n$/s.exec(complaint) ?? [];
  return word && choices && closestName(word, choices.split(', '));
}

/** Those of the commands around it are good here, too. */
function flagsOf(command: Command | null): string[] {
  if (command === null) return [];
  const { options } = command;
  return [...options.flatMap(({ long }) => long ?? []), '--help', ...flagsOf(command.parent)];
}

function commandsOf({ commands }: Command): string[] {
  return ['help', ...commands.map((command) => command.name())];
}
