/** What entities look like. Made by bin/shapes of the classes beside the things; do not edit. */

/** What people can do in a step. */
export interface ActivityShown {
  name: string;
  called: string;
  does: string;
}

/** An agenda the room keeps, with its minutes and how many steps it has. */
export interface AgendaListed {
  name: string;
  minutes: number;
  steps: number;
}

/** What stands large (an id, or `line:` and words), whose hands are up, and who speaks when. */
export interface AttentionShown {
  spotlight: string;
  hands: string[];
  speaking: string[];
}

/** A round of votes. Once it is `shown`: how many voted, and (if it `tells`) the dots by item. `withheld`: nothing is told, as it would tell who; `later` and `now` are where dots lean, by item. */
export interface BallotSeen {
  name: string;
  round: number;
  on: string;
  budget: number;
  per_item: number;
  leans: boolean;
  shown: boolean;
  voters?: number;
  tells?: boolean;
  withheld?: boolean;
  totals?: Record<string, number>;
  later?: Record<string, number>;
  now?: Record<string, number>;
}

/** A device that says it is this person's. */
export interface ClaimShown {
  id: string;
  person: string;
}

/** Devices that wait to be recognised. */
export interface ClaimsShown {
  waiting: ClaimShown[];
}

/** A confidence vote that was shown. */
export interface ConfidenceShown {
  round: number;
  mean: number;
  voters: number;
}

/** How many take part, are here, are done; `written` notes and votes where they may be counted. */
export interface CountsShown {
  people: number;
  here: number;
  done: number;
  written?: number;
  voted?: number;
}

/** Who is here and who is done; `by_name` is whether the latter may be known. */
export interface CrewShown {
  here: string[];
  done: string[];
  by_name: boolean;
}

/** Feedback on a line of a goal, as it was said on that version, and how it was answered. */
export interface FeedbackShown {
  objective: string;
  on: string;
  line: string;
  kind: string;
  text: string;
  source: string;
  team: string;
  team_name: string;
  touches: string;
  by: string;
  by_name: string;
  version: number;
  late: boolean;
  state: string;
  reason: string;
  due: string;
}

/** A shared goal a session can be about. */
export interface GoalShown {
  id: string;
  text: string;
  team: string;
}

/** A group of notes; `answer` and `reason` are what a team said to it. */
export interface GroupShown {
  pile: string;
  title: string;
  notes: string[];
  rank: number;
  aside: boolean;
  objections: number;
  answer?: string;
  reason?: string;
}

/** What stood on a note that was taken off the wall. */
export interface HiddenSeen {
  text: string;
}

/** Who has a card in their hands, and until when (Unix milliseconds). */
export interface HoldShown {
  person: string;
  until: number;
}

/** Somebody who leads, carries a result, or sponsors. */
export interface LeaderShown {
  name: string;
}

/** A line that an objective serves, in which way and why. */
export interface LinkShown {
  parent: string;
  words: string;
  kind: string;
  reason: string;
}

/** Who one is here; `sealed` is what a key is that somebody else made for one. With such a key one `cannot_be_done` where the count would tell whether one has voted. */
export interface MeShown {
  person: string;
  name: string;
  team: string;
  remote: boolean;
  roles: string[];
  done: boolean;
  hand: boolean;
  answered: boolean;
  spoken: Record<string, any>[];
  sealed: boolean;
  cannot_be_done?: boolean;
}

/** A note as everybody sees it who sees it at all. `cluster` is its group, `on` the line of a poster it is on, `touches` another team. */
export interface NoteShown {
  pile: string;
  text: string;
  rank: number;
  baseline?: string;
  target?: string;
  kind?: string;
  cluster?: string;
  on?: string;
  team?: string;
  touches?: string;
  answer?: string;
  reason?: string;
  late?: boolean;
  aside?: boolean;
  heard?: boolean;
  objections?: number;
}

/** A note as its writer sees it; `shown` is whether others do. */
export interface NoteWritten {
  pile: string;
  text: string;
  rank: number;
  shown: boolean;
  baseline?: string;
  target?: string;
  kind?: string;
  late?: boolean;
  on?: string;
  touches?: string;
}

/** An objective at the poster of the team that wrote it, with its results by id. */
export interface ObjectiveHome {
  text: string;
  status: string;
  version: number;
  results: string[];
}

/** An objective on the record; `unaligned` is why it serves nothing, `open` how much feedback waits. */
export interface ObjectiveOfRecord {
  team: string;
  text: string;
  status: string;
  version: number;
  unaligned: string;
  locked_by: string;
  serves: LinkShown[];
  confidence: ConfidenceShown[];
  open: number;
  order: number;
}

/** The objective a session is about; `polisher` words it after the session. */
export interface ObjectiveShown {
  text: string;
  polisher: string;
  status: string;
  version: number;
}

/** Somebody of this session. */
export interface PersonShown {
  name: string;
  roles: string[];
  team?: string;
  remote?: boolean;
}

/** The plan as everybody sees it. */
export interface PlanShown {
  steps: StepOfPlan[];
}

/** A poster: its number, its team's name, who hosts it, and its lines as they were when it went up. */
export interface PosterShown {
  number: number;
  team: string;
  hosts: string[];
  lines: Record<string, any>[];
}

/** How many answered the last question, and what they answered on average. */
export interface PulseShown {
  answers: number;
  mean: number;
}

/** What stands above the record; `open` is how much feedback waits for an answer. */
export interface RecordShown {
  name: string;
  cycle: Record<string, string>;
  brief: Record<string, string>;
  narrative: Record<string, string>;
  sponsor: string;
  sponsor_name: string;
  open: number;
}

/** A comment on a card, by whom. */
export interface RemarkShown {
  id: string;
  by: string;
  text: string;
}

/** A key result on the record, with the names of those who carry it. */
export interface ResultOfRecord {
  objective: string;
  text: string;
  order: number;
  item: string;
  metric: string;
  unit: string;
  baseline: number | null;
  target: number | null;
  current: number | null;
  direction: string;
  finder: string;
  find_by: string;
  continuity: string;
  teams: string[];
  leads: string[];
  remarks: RemarkShown[];
  missing: string[];
  lead_names: string[];
}

/** A key result with all that is known of it; figures are numbers, or null; `missing` is what it lacks. */
export interface ResultShown {
  objective: string;
  text: string;
  order: number;
  item: string;
  metric: string;
  unit: string;
  baseline: number | null;
  target: number | null;
  current: number | null;
  direction: string;
  finder: string;
  find_by: string;
  continuity: string;
  teams: string[];
  leads: string[];
  remarks: RemarkShown[];
  missing: string[];
}

/** The plan with its hints and what can be set, and the texts of the preparation. */
export interface ScriptShown {
  steps: StepOfScript[];
  activities: ActivityShown[];
  context: string;
  themes: string;
  purpose: string;
  call_link: string;
  about: string;
  team: string;
  teams: string;
  goals: GoalShown[];
  listed: TeamListed[];
}

/** A session as the record lists it: its state, when it was opened and closed, for which day and teams. */
export interface SessionOnRecord {
  title: string;
  format: string;
  format_name: string;
  state: string;
  opened: number;
  ended: number;
  planned: string;
  teams: string[];
}

/** The session: `state` is `lobby`, `open` or `closed`; times in Unix milliseconds. */
export interface SessionShown {
  code: string;
  title: string;
  format: string;
  state: string;
  minutes: number;
  began: number;
  ended: number;
  rehearsal: boolean;
  call_link: string;
  purpose: string;
  pulse: PulseShown | null;
}

/** A setting of a step with its words and bounds, for a form. */
export interface SettingShown {
  name: string;
  words: string;
  kind: string;
  value: string | number | boolean;
  least: number;
  most: number;
  choices: string[][];
}

/** One thing a facilitator did in somebody's name (`for`): how, when, and what they said to it. */
export interface SpokenDone {
  id: string;
  for: string;
  by: string;
  how: string;
  at: number;
  state: string;
}

/** The session's log of what was done in somebody's name. */
export interface SpokenShown {
  done: SpokenDone[];
}

/** A step of the plan; minutes as planned. */
export interface StepOfPlan {
  key: string;
  name: string;
  minutes: number;
  left_out: boolean;
}

/** A step with all that can be set; `lacks` says what it needs that nothing before it leaves. */
export interface StepOfScript {
  key: string;
  activity: string;
  called: string;
  name: string;
  title: string;
  prompt: string;
  hint: string;
  minutes: number;
  left_out: boolean;
  settings: SettingShown[];
  lacks: string;
  begun: boolean;
}

/** A team of the room. */
export interface TeamListed {
  id: string;
  name: string;
}

/** A team, as the record lists it; `size` in people, 0 if it is not known. */
export interface TeamOfRecord {
  name: string;
  kind: string;
  size: number;
  order: number;
}

/** A team, as a session names it. */
export interface TeamShown {
  name: string;
}

/** Who visits which team, by which day as they wrote it. */
export interface VisitShown {
  team: string;
  person: string;
  by: string;
}

/** One's own dots and leanings by item, and how many are left. */
export interface VotesShown {
  items: Record<string, number>;
  leanings: Record<string, string>;
  left: number;
}

/** By what stands before the colon of a key: all that a thing can say, to one audience or another. */
export interface Kinds {
  agenda: AgendaListed;
  attention: AttentionShown;
  ballot: BallotSeen;
  claims: ClaimsShown;
  cluster: GroupShown;
  counts: CountsShown;
  crew: CrewShown;
  feedback: FeedbackShown;
  hidden: HiddenSeen;
  hold: HoldShown;
  leader: LeaderShown;
  main: Record<string, any>;
  me: MeShown;
  mine: Record<string, any>;
  note: NoteShown & NoteWritten;
  objective: ObjectiveShown & ObjectiveHome & ObjectiveOfRecord;
  person: PersonShown;
  place: Record<string, any>;
  plan: PlanShown;
  poster: PosterShown;
  result: ResultShown & ResultOfRecord;
  room: RecordShown;
  script: ScriptShown;
  session: SessionShown & SessionOnRecord;
  spoken: SpokenShown;
  step: Record<string, any>;
  team: TeamShown & TeamOfRecord;
  visit: VisitShown;
  votes: VotesShown;
}
