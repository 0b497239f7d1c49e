import type { Command } from 'commander';
import { UsageError } from '../errors.js';
import type { Io } from '../io.js';
import { kindNames, toKind } from '../kinds.js';
import { connect, findContext } from '../shell.js';

/** Each asks smctl itself, with the words up to the one that is being typed. */
const scripts: Readonly<Record<string, string>> = {
  bash: `_smctl() {
  local IFS=$'\\n'
  COMPREPLY=($(smctl __complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _smctl smctl
`,
  zsh: `#compdef smctl
_smctl() {
  local -a candidates
  candidates=("\${(@f)$(smctl __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  compadd -a candidates
}
compdef _smctl smctl
`,
  fish: `complete -c smctl -f -a '(smctl __complete -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
`,
};

/** Words for a name, from the manager, if it answers soon. */
async function namesOf(io: Io, kind: 'services' | 'clusters'): Promise<string[]> {
  try {
    const client = connect(await findContext(io, {}), true);
    try {
      const query = { limit: 500 };
      const { items } =
        kind === 'services'
          ? await client.get('/api/v1/services', { params: { query } })
          : await client.get('/api/v1/clusters', { params: { query } });
      return items.map(({ name }) => name);
    } finally {
      await client.close();
    }
  } catch {
    // Completing is a courtesy: who is not signed in gets no names.
    return [];
  }
}

const ofServices = new Set(['scale', 'migrate', 'terminate', 'rollback']);
const ofClusters = new Set(['drain', 'resume']);

/** What may stand in the place of the last word. */
async function candidates(program: Command, io: Io, words: readonly string[]): Promise<string[]> {
  const before = words.slice(0, -1).filter((word) => !word.startsWith('-'));
  let command = program;
  let depth = 0;
  for (const word of before) {
    const next = command.commands.find((each) => each.name() === word);
    if (next === undefined) break;
    command = next;
    depth += 1;
  }
  const given = before.slice(depth);
  if ((words.at(-1) ?? '').startsWith('-'))
    return [...command.options, ...program.options].flatMap(({ long }) => long ?? []);
  if (command.commands.length > 0)
    return command.commands.map((each) => each.name()).filter((name) => !name.startsWith('__'));
  const name = command.name();
  if ((name === 'get' || name === 'describe') && given.length === 0)
    return Object.values(kindNames).map(([many, one]) => (name === 'get' ? many : one));
  const kind = name === 'get' || name === 'describe' ? toKind(given[0] ?? '') : undefined;
  if (kind === 'services' || (ofServices.has(name) && given.length === 0))
    return namesOf(io, 'services');
  if (kind === 'clusters' || (ofClusters.has(name) && given.length === 0))
    return namesOf(io, 'clusters');
  return [];
}

export function addCompletion(program: Command, io: Io): void {
  program
    .command('completion')
    .summary('print what makes a shell complete the words of smctl')
    .argument('<shell>', Object.keys(scripts).join(', '))
    .addHelpText(
      'after',
      `
Examples:
  source <(smctl completion bash)
  smctl completion zsh > "\${fpath[1]}/_smctl"
  smctl completion fish > ~/.config/fish/completions/smctl.fish`,
    )
    .action((shell: string) => {
      const script = scripts[shell];
      if (script === undefined)
        throw new UsageError(
          `there is no completion for ${shell}: ${Object.keys(scripts).join(', ')}`,
        );
      io.out.write(script);
    });
  program
    .command('__complete', { hidden: true })
    .argument('[words...]')
    .action(async (words: string[]) => {
      const typed = words.at(-1) ?? '';
      const found = await candidates(program, io, words);
      for (const word of found) if (word.startsWith(typed)) io.out.write(`${word}\n`);
    });
}
