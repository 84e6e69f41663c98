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

interface NormalizeRules {
  max: number;
  whole: number;
  max_line: number;
  max_lines: number;
  max_end: number;
  first_lines: number;
  telling: string[];
  number: Pattern;
  typed: Pattern;
  typography: Record<string, string>;
  glued: Pattern;
  first_word: Pattern;
  sentence: Pattern;
  ends: Pattern;
  box: Pattern;
  ruled: Pattern;
  rounds: number;
  screens: number[];
  record: Pattern;
  entities: [string, string][];
  escapes: Record<string, string>;
  ansi: Pattern;
  control: Pattern;
  space: Pattern;
  escape: Pattern;
}

interface AnswerRules {
  start: Pattern;
  token: Pattern;
  failed: string[];
  known: string[];
  shapes: { fields: string[]; within: string[] }[];
}

interface HostRules {
  host: Pattern;
  bare: Pattern;
  of_apis: Pattern;
  sites_of_pages: Pattern[];
  own: Pattern;
  numeric: Pattern;
  llm_path: Pattern;
  codegpt: Pattern;
  other_ports: number[];
  codegpt_ports: [number, number];
  ports: Record<string, string>;
  help: Pattern;
  see: Pattern;
  proxy: Pattern;
  base: Pattern;
  dev_ports: number[];
  max_before: number;
  apis: Record<string, string>;
  sites: Record<string, string>;
  parts: [string, string, string][];
}

interface EventRules {
  prefix: Pattern;
  manual: Pattern;
  code_line: Pattern;
  trace: Pattern;
  max_code: number;
  body_starts: string[];
  body_ends: string[];
  error_field: Pattern;
  look: Pattern;
  run: Pattern;
  min_source: number;
  own: Pattern;
  address: Pattern;
  removed: Pattern[];
  marks: [string, Pattern][];
  blocks: { first: Pattern; rest: Pattern; chain: Pattern };
  counts: { nothing: number; codes: number; no_status: number; all: number; llm: number };
  verdicts: [string[], number][];
}

interface SpeakingRules {
  max: number;
  voices: [string, number, Pattern][];
  proven: number;
  default: string;
  nobody: string;
  public_ports: (number | null)[];
  went_well: Pattern;
}

interface MatchingRules {
  tiers: string[];
  gap: number;
  shared: string[];
  shared_types: string[];
  refusing: string[];
  speed: string[];
  telling: number[];
  vague_type: string;
  nobody: string;
  default: string;
}

interface RootRules {
  local: string[];
  moves: { found: string[]; tiers: string[]; where: string; meant: string }[];
}

interface SentenceRules {
  max: number;
  unsure: string[];
  vague: string;
  condition: Pattern;
  groups: { least: number; tier: string; most: number; said: [string, Pattern][] }[];
}

interface SearchRules {
  max_text: number;
  saturation: number;
  length: number;
  min_score: number;
  min_words: number;
  word: Pattern;
  ending: Pattern;
  common: string[];
}

interface EverydayRules {
  max_words: number;
  min_stem: number;
  prose: Pattern;
  frequent: string[];
  reasons: Record<string, number>;
  before: string[];
  endings: string[];
  small: string[];
  vague: string[];
  negations: string[];
  questions: Record<string, { reason: string; text: string }>;
}

interface SignalRules {
  code: Pattern;
  type: Pattern;
  name: Pattern;
  status: Pattern[];
  near_clients: Pattern[];
  words: Pattern;
  reasons: Record<string, number>;
  max_statuses: number;
  max_around: number;
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
  provider?: string;
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
  words?: string[];
  codes?: string[];
  provider?: string;
}

interface Data {
  sentences: SentenceRules;
  families: Record<string, string>;
  who: Record<string, string>;
  retry: Record<string, string>;
  phrases: string[];
  values: Record<string, Record<string, string>>;
  entries: Entry[];
  variants: Record<string, Record<string, Partial<Entry>>>;
  signatures: Record<string, (string | (Conditions & { phrase?: string; provider?: string }))[]>;
}

/** A host that a text names; see Host in codegpt_doctor/classify/hosts.py. */
interface Host {
  start: number;
  name: string;
  port: number | null;
  whose: string;
  provider: string | null;
  hasPath: boolean;
}

interface DoctorEvent {
  text: string;
  hosts: Host[];
  counts: number;
}

interface Speaking {
  asked: Set<string>;
  proven: Set<string>;
  named: Set<string>;
  isCustom: boolean;
}

interface Signals {
  squeezed: string;
  codes: Set<string>;
  types: Set<string>;
  names: Set<string>;
  statuses: Set<number>;
  foreign: boolean;
  elsewhere: boolean;
  proven: Set<string>;
}

interface Candidate {
  id: string;
  rank: number[];
  evidence: Row;
  owner?: string;
}

interface Explanation {
  id: string;
  provider: string | null;
  confidence: string;
  evidence: { origin: string; quote: string };
  also: string[];
  program: string | null;
}

/** The entries by their ids; no id is asked for that is not there. */
interface Entries {
  get(id: string): Entry;
  has(id: string): boolean;
}

interface Doctor {
  rules: {
    answers: AnswerRules;
    normalize: NormalizeRules;
    hosts: HostRules;
    events: EventRules;
    speaking: SpeakingRules;
    signals: SignalRules;
    matching: MatchingRules;
    roots: RootRules;
    programs: { max: number; programs: [string, Pattern][] };
    steps: { usual: string; known: string[]; elsewhere: [Pattern, string][]; its_own: Pattern };
    nearest: SearchRules;
    everyday: EverydayRules;
  };
  masks: RedactRules;
  data: Data;
  entries: Entries;
  table: Row[];
  load(): Promise<void>;
  words: Map<string, string>;
  compiled<T>(value: T): Compiled<T>;
  clean(text: string): string;
  scrub(text: string): string;
  normalize(text: string): string;
  read(text: string): DoctorEvent[];
  signalsOf(text: string): Signals;
  nearClients(text: string): Set<number>;
  squeeze(text: string): string;
  heardIn(events: DoctorEvent[], least: number): string;
  withSentences(found: Candidate[], events: DoctorEvent[]): Candidate[];
  speakingIn(text: string, events: DoctorEvent[]): Speaking;
  ownOf(speaking: Speaking): Set<string>;
  providerIn(speaking: Speaking, whoseSignature: string | undefined): string | null;
  make(name: string, attributes: Record<string, string>, ...content: (string | Node)[]): HTMLElement;
  nodes(markdown: string): (string | Node)[];
  step(markdown: string): HTMLElement;
  nearest(text: string): string[];
  warmUp(texts: string[], draw: (explanation: Explanation) => void): Promise<void>;
  searched(text: string): { status: number } | { ids: string[] } | null;
  byFrequency(ids: string[]): string[];
  quote(parts: string[], text: string): string;
  makeTable(data: Data): Row[];
  candidates(signals: Signals): Candidate[];
  findPhrase(parts: string[], text: string): [number, number] | null;
  tier(candidate: Candidate): string;
  entryOf(candidate: Candidate): Entry;
  entryFor(id: string, provider: string | null): Entry;
  stepsOf(entry: Entry, provider: string | null, program?: string | null): string[];
  use(data: Data): void;
  explain(text: string): Explanation | null;
  resolve(word: string): string | null;
  ofWord(word: string, id: string): Explanation;
  havingWord(word: string): string[];
  placeOf(id: string, provider: string | null): string;
  addCopyButton?(code: Element): void;
}

declare var codegptDoctor: Doctor;
