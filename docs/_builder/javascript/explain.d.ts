// What the scripts of the explainer share; it is checked, and no part of the site.

interface Pattern {
  source: string;
  flags: string;
}

/** The rules of a part with their patterns as regular expressions. */
type Compiled<T> = T extends Pattern
  ? RegExp
  : T extends object
    ? { [Key in keyof T]: Compiled<T[Key]> }
    : T;

interface SignalRules {
  max: number;
  rounds: number;
  screens: number[];
  record: Pattern;
  entities: [string, string][];
  escapes: Record<string, string>;
  ansi: Pattern;
  control: Pattern;
  space: Pattern;
  escape: Pattern;
  code: Pattern;
  type: Pattern;
  name: Pattern;
  status: Pattern[];
  unsuccessful: unknown[];
  max_statuses: number;
  prefix: Pattern;
  not_an_error: Pattern;
  manual: Pattern;
  code_line: Pattern;
  trace: Pattern;
  max_code: number;
  provider: Pattern;
  packages: Pattern;
  foreign: Pattern;
  elsewhere: Pattern;
}

interface RedactRules {
  ansi: Pattern;
  control: Pattern;
  keys: Pattern;
  bearer: Pattern;
  userinfo: Pattern;
  head: Pattern;
}

interface Conditions {
  code?: string;
  type?: string;
  name?: string;
  status?: number;
}

interface Row extends Conditions {
  id: string;
  phrase?: string[];
}

interface Entry {
  id: string;
  title: string;
  summary: string;
  family: string;
  retry: string;
  who: string;
  steps: string[];
  statuses?: number[];
  generic?: boolean;
  beats?: string[];
  confusedWith?: string[];
}

interface Data {
  tiers: string[];
  gap: number;
  shared: string[];
  sharedTypes: string[];
  families: Record<string, string>;
  who: Record<string, string>;
  retry: Record<string, string>;
  entries: Entry[];
  signatures: Record<string, (string | (Conditions & { phrase?: string }))[]>;
}

interface Signals {
  squeezed: string;
  codes: Set<string>;
  types: Set<string>;
  names: Set<string>;
  statuses: Set<number>;
  foreign: boolean;
  elsewhere: boolean;
}

interface Candidate {
  id: string;
  rank: number[];
  evidence: Row;
}

interface Explanation {
  id: string;
  confidence: string;
  evidence: { origin: string; quote: string };
  also: string[];
}

/** The entries by their ids; no id is asked for that is not there. */
interface Entries {
  get(id: string): Entry;
  has(id: string): boolean;
}

interface Doctor {
  rules: { signals: SignalRules; redact: RedactRules };
  data: Data;
  entries: Entries;
  table: Row[];
  words: Map<string, string>;
  compiled<T>(value: T): Compiled<T>;
  clean(text: string): string;
  scrub(text: string): string;
  textSignals(text: string): Signals;
  quote(parts: string[], text: string): string;
  makeTable(data: Data): Row[];
  candidates(signals: Signals): Candidate[];
  findPhrase(parts: string[], text: string): [number, number] | null;
  tier(candidate: Candidate): string;
  use(data: Data): void;
  explain(text: string): Explanation | null;
  resolve(word: string): string | null;
  ofWord(word: string, id: string): Explanation;
  mentioning(word: string): Entry[];
  addCopyButton?(code: Element): void;
}

declare var codegptDoctor: Doctor;
