/** What entities look like. Made by bin/shapes of the classes beside the things; do not edit. */

/** A team on a stage in a slot, both from 1 on. The id stays when the act moves. */
export interface Act {
  id: string;
  team: string;
  slot: number;
  stage: number;
}

/** A team on a stage in a slot. */
export interface ActShown {
  team: string;
  slot: number;
  stage: number;
}

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

/** The lines of the goal above, which of them this one serves, how and why; or why none. */
export interface AlignStep {
  goal: LineShown[];
  parent: string;
  kind: string;
  reason: string;
}

/** How many of a team have said that they are done; `of` is how many it has, or how many of it are here. */
export interface AnsweredOfTeam {
  team: string;
  name: string;
  done: number;
  of: number;
}

/** By team, how many have said that they are done, where one waits for days; never who. */
export interface AnsweredShown {
  teams: AnsweredOfTeam[];
}

/** What was done in one's name and waits for one's word: how, by whom, when, and about what. */
export interface AskedOfOne {
  id: string;
  how: string;
  by: string;
  at: number;
  about: string;
}

/** How many posters and rounds it would be, who walks with whom, and for which pairs nobody is left to send. */
export interface AssembleMain {
  posters: number;
  proposed: number;
  groups: GroupMembers[];
  unmet: string[][];
}

/** What stands large (an id, or `line:` and words), whose hands are up, who speaks when, and the page held. */
export interface AttentionShown {
  spotlight: string;
  hands: string[];
  speaking: string[];
  page?: number;
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

/** When a stage of a round ends by the plan (Unix milliseconds). */
export interface Bell {
  round: number;
  stage: string;
  until: number;
}

/** A line of a goal that is on stage. */
export interface BilledLine {
  id: string;
  text: string;
  objective?: boolean;
}

/** A team that plays: its name, its goal with the lines under it, and whether it plays more than once. */
export interface BilledShown {
  name: string;
  goal: string;
  headliner: boolean;
  lines: BilledLine[];
}

/** What waits for a decision: conflicts, needs that were passed on, triggers nobody has answered; and the rule. */
export interface BlockedStep {
  conflicts: string[];
  undecided: string[];
  raised: string[];
  resolver: string;
  tie_breaker: string;
}

/** What has to hold, whether it does (none: only people can tell), and why; also with its values apart. */
export interface Box {
  words: string;
  holds: boolean | null;
  why: string;
  sentence?: string;
  values?: Record<string, number>;
}

/** The goals there are, and whether marks are shown. */
export interface BrowseStep {
  goals: GoalToMark[];
  shown: boolean;
}

/** Somebody who waits for help, why, and since when (Unix milliseconds). */
export interface CallShown {
  id: string;
  person: string;
  why: string;
  at: number;
}

/** One's own team, and what it said, -1 before. */
export interface CapacityMine {
  team: string;
  count: number;
}

/** Teams that are asked for something, the most asked first; how many of them are still to say. */
export interface CapacityStep {
  rooms: RoomShown[];
  shown: boolean;
  missing: number;
}

/** An act of the live line-up that moved: where it was and where it is; an empty place is none. */
export interface Change {
  act: string;
  team: string;
  was: string;
  now: string;
}

/** How a result stood over time, the newest last; `standing` is `risk`, `issues` or `track`. */
export interface CheckInsShown {
  points: PointShown[];
  standing: string;
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

/** What is the matter with the draft, in a sentence; `hard`: it cannot be published like that. */
export interface ClashShown {
  say: string;
  hard: boolean;
  acts: string[];
}

/** One way to show what teams want, what it takes, and how many rounds of trade are left. */
export interface ClockShown {
  pitches: string;
  pitch: number;
  trade: number;
  rounds: number;
}

/** What each way to show what teams want takes; `chosen` by the plan, and the `usual` one for these teams. */
export interface ClocksShown {
  clocks: ClockShown[];
  usual: string;
  chosen: string;
}

/** What is left to answer and to confirm, by team, the most first. */
export interface CommitStep {
  open: LeftOpen[];
}

/** What one needs changed oneself. */
export interface ConcernOfOne {
  line: string;
  text: string;
}

/** What somebody, unsigned, needs changed, in which line, and how it was settled. */
export interface ConcernShown {
  id: string;
  line: string;
  text: string;
  settled: string;
}

/** What a facilitator might say now, what is lacking, and how many low votes said nothing. */
export interface ConfidenceMain {
  remark: string;
  lacks: string;
  silent: number;
  asked: boolean;
}

/** What one said in the last round. */
export interface ConfidenceMine {
  round?: string;
  vote?: VoteOfOne;
  concern?: ConcernOfOne;
}

/** A confidence vote that was shown. */
export interface ConfidenceShown {
  round: number;
  mean: number;
  voters: number;
}

/** Where the vote stands, and the line that is being mended. */
export interface ConfidenceStep {
  stage: string;
  line: string;
}

/** Two lines that work against each other, whose they are, what each needs, and what was decided. */
export interface ConflictShown {
  a: string;
  b: string;
  a_text: string;
  b_text: string;
  a_team: string;
  b_team: string;
  a_name: string;
  b_name: string;
  why: string;
  raised_by: string[];
  a_needs: string;
  b_needs: string;
  outcome: string;
  decider: string;
  due: string;
  tie_breaker: string;
  order: number;
}

/** The rule that breaks ties, who decides, and the lines that can be in conflict. */
export interface ConflictStep {
  tie_breaker: string;
  resolver: string;
  lines: TeamLine[];
}

/** Of so many team goals `up` serve something above; of the `lines` above `down` are served; of the `teams` with a goal `across` are tied to another by a shared result or a need both agree on. */
export interface ConnectivityShown {
  goals: number;
  up: number;
  lines: number;
  down: number;
  teams: number;
  across: number;
}

/** How many take part, are here, are done; `written` notes and votes where they may be counted. */
export interface CountsShown {
  people: number;
  here: number;
  done: number;
  written?: number;
  voted?: number;
}

/** How many of all teams these results touch, and what those are called that none does. */
export interface Coverage {
  touched: number;
  of: number;
  without: string[];
}

/** Who is here and who is done; `by_name` is whether the latter may be known. */
export interface CrewShown {
  here: string[];
  done: string[];
  by_name: boolean;
}

/** Another cycle of the same organisation, in a room of its own. */
export interface CycleBeside {
  room: string;
  name: string;
}

/** Whether this record is only read, cycles before it and the one after; scores and fates by result. */
export interface CyclesShown {
  read_only: boolean;
  before: CycleBeside[];
  after: CycleBeside | null;
  scores: Record<string, number>;
  fates: Record<string, string>;
}

/** Something that was settled, the newest last; days are ISO. */
export interface DecisionLogged {
  text: string;
  by: string;
  question: string;
  tie_breaker: string;
  owner: string;
  due: string;
  order: number;
}

/** Who decides in the end, and what. */
export interface DecisionShown {
  text: string;
  by: string;
}

/** What a team needs of another. `agreed`: both halves have said yes to this version. `waits_for` is whose word is next: `provider`, `consumer`, `decider` or nobody. Days are ISO dates; `result` is the consumer's it is for, `carried_in` the provider's that carries it, in words. */
export interface DependencyShown {
  consumer: string;
  provider: string;
  consumer_name: string;
  provider_name: string;
  need: string;
  because: string;
  need_by: string;
  decision_date: string;
  off_track: string;
  state: string;
  agreed: boolean;
  waits_for: string;
  version: number;
  condition: string;
  reason: string;
  decider: string;
  decide_by: string;
  owner: string;
  result: string;
  carried_in: string;
  carried_by: string;
  mode: string;
  steps: StepOfNeed[];
  fired: string[];
  raised: boolean;
  order: number;
}

/** An act as it stands: visitors and their teams, hosts who are here, and what waits. `thin` says in a sentence why it needs somebody, or nothing. */
export interface DeskShown {
  people: number;
  teams: number;
  hosts: number;
  questions: number;
  top: QueuedQuestion[];
  thin: string;
}

/** The line-up as it is worked on, with what is the matter with it. `fits` says how long the day is, and `refusal` why no line-up exists; `links` and `tried` are call links by stage. */
export interface DraftShown {
  version: number;
  acts: Act[];
  clashes: ClashShown[];
  undoable: boolean;
  differs: boolean;
  proven: boolean;
  stages: number;
  slots: number;
  each: number;
  headliners: Record<string, number>;
  online: boolean;
  begins: number;
  fits: string;
  refusal: string;
  teams: TeamPlaying[];
  without: string[];
  links: Record<string, string>;
  tried: Record<string, string>;
  trying: boolean;
  wanting: number;
}

/** What two teams do both, and what becomes of it; `says` is that in words. */
export interface DuplicateShown {
  team: string;
  other: string;
  team_name: string;
  other_name: string;
  end: string;
  lead: string;
  words: string;
  says: string;
}

/** Who hosts an act: the teams that were asked and the people who do, by id. */
export interface DutyShown {
  teams: string[];
  people: string[];
}

/** Needs and conflicts that are left, who decides where nobody else is named, the window, and its day from now. */
export interface EscalateStep {
  open_needs: string[];
  conflicts: string[];
  resolver: string;
  raise_within: number;
  answer_within: number;
  until: string;
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
  place: string;
  state: string;
  reason: string;
  due: string;
}

/** One's own festival. `plays` is one's team, `needs` teams it depends on; lists hold acts by id. `said` is the part of a slot in which one last said where one is. `waits` is what one asked the help desk for, `shares` how many look at one's device. */
export interface FestivalMine {
  plays: string;
  needs: string[];
  went: string;
  said: string;
  stars: string[];
  been: string[];
  hosting: string[];
  may_host: string[];
  asked: OwnQuestion[];
  plus: string[];
  queue: QueuedQuestion[];
  told: Change[];
  waits: CallShown | null;
  helps: boolean;
  shares: number;
  desk: CallShown[];
}

/** Something the record asks: `on` are ids, `goals` those in whose lock it stands (none: in every one's). `fix` is what its source does about it; `state` is open, fine, dismissed or waived, by `name`. */
export interface FindingShown {
  code: string;
  family: string;
  on: string[];
  goals: string[];
  say: string;
  fix: string;
  sharp: "blocks" | "told" | "warned";
  blocks: boolean;
  state: string;
  name: string;
  reason: string;
  order: number;
}

/** Whether the goal is final, or could be now; what people shall think, feel and do; and who locks. */
export interface FinishStep {
  final: boolean;
  ready: boolean;
  narrative: Record<string, string>;
  sponsor: string;
}

/** What was left at somebody's poster and touches another team. */
export interface FlagShown {
  text: string;
  from: string;
  touches: string;
}

/** The need everybody looks at, and every open need with what it lacks, the most first. */
export interface FourFieldsStep {
  up: string;
  needs: LacksShown[];
}

/** Where notes go, how many each, who sees them when; `collecting` is while they wait to be shown. */
export interface GatherStep {
  pile: string;
  limit: number;
  private: boolean;
  hidden: boolean;
  figures: boolean;
  into: string;
  into_limit: number;
  reveal: string;
  collecting: boolean;
  why: boolean;
  days: number;
  standing: LineShown[];
  lines?: string;
}

/** A shared goal a session can be about. */
export interface GoalShown {
  id: string;
  text: string;
  team: string;
}

/** The goal a session is about and its results, by id; none is empty. */
export interface GoalStep {
  objective: string;
  results: string[];
}

/** A goal of another team, with its results. */
export interface GoalToMark {
  id: string;
  team: string;
  name: string;
  text: string;
  results: string[];
}

/** What people say belongs together. */
export interface GroupMain {
  proposals: ProposalShown[];
}

/** Who walks in a group. */
export interface GroupMembers {
  number: number;
  people: string[];
}

/** What one objects to. */
export interface GroupMine {
  objections: string[];
}

/** A group of a walk: its posters in their order, how many walk in it, and in which round it came last. */
export interface GroupOnFloor {
  number: number;
  colour: string;
  route: string[];
  people: number;
  arrived: number;
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

/** The wall that is put in order, and how many groups are few enough. */
export interface GroupStep {
  pile: string;
  most: number;
}

/** How many people are here, and at no stage. */
export interface HallShown {
  here: number;
  nowhere: number;
}

/** Who waits, the longest first, and who helps. */
export interface HelpDeskShown {
  waiting: CallShown[];
  helpers: string[];
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

/** What one said oneself and nobody else sees yet. */
export interface HowSureMine {
  sure: OwnSure[];
}

/** The results, and whether what was said is shown; `said` is how many have said something that is not. */
export interface HowSureStep {
  rated: SureOfResult[];
  shown: boolean;
  said: number;
}

/** Somebody here, and the name they go by on the record; whether that is the sponsor's. */
export interface KnownPerson {
  person: string;
  name: string;
  sponsors: boolean;
}

/** Who came under a name that the record waits for. */
export interface KnownShown {
  people: KnownPerson[];
}

/** A need and what is blank in it, in words. */
export interface LacksShown {
  id: string;
  lacks: string[];
}

/** Somebody who leads, carries a result, or sponsors. */
export interface LeaderShown {
  name: string;
}

/** A team, how many needs it has to answer, and how many answers it has to confirm. */
export interface LeftOpen {
  team: string;
  name: string;
  answers: number;
  confirms: number;
}

/** A line of a goal: its objective, or one of its results. */
export interface LineShown {
  id: string;
  text: string;
  objective?: boolean;
}

/** What the live line-up is made of: `starts` are the slots' minutes from the beginning of the session on. */
export interface LineUpShown {
  live: boolean;
  stages: number;
  slots: number;
  each: number;
  online: boolean;
  begins: number;
  break_after: number;
  starts: number[];
}

/** A line that an objective serves, in which way and why; `said_by` is who said so, if they have a name here. */
export interface LinkShown {
  parent: string;
  words: string;
  kind: string;
  reason: string;
  said_by: string;
}

/** Of what one has asked what it means. */
export interface ListenMine {
  asked: string[];
}

/** What stands before everybody, how many ask what it means, and how many of all were heard. */
export interface ListenStep {
  pile: string;
  item: string;
  asked: number;
  heard: number;
  of: number;
}

/** A team that others need something of: how many of them, and how many it has room for. */
export interface LoadShown {
  team: string;
  name: string;
  asks: number;
  room: number;
}

/** Before the session begins, there is no phase. */
export interface LobbyShown {
  activity: string;
  run: string;
  key: string;
  settings: Record<string, string>;
}

/** The main button's words and what it sends, the hint for it, and the name of the step after this one. `open_ends` are sentences about what is not settled yet, to be read before it is pressed. Where something varies in the words, `sentence` has them with named places, and `values` what stands there. */
export interface MainShown {
  hint: string;
  after: string;
  label: string;
  do: string;
  fields: Record<string, any>;
  open_ends: string[];
  sentence?: string;
  values?: Record<string, string | number>;
}

/** What a team saw in another's goal. */
export interface MarkShown {
  team: string;
  other: string;
  goal: string;
  sort: string;
}

/** A line in pieces, each with how it stands there (`same`, `new` or `gone`) and its words. */
export interface MarkedLine {
  id: string;
  pieces: string[][];
  changed: boolean;
}

/** Who trades, what was marked once that is shown, and marks for which there is no stall. */
export interface MarketShown {
  traders: TraderShown[];
  marks: MarkShown[];
  unplanned: MarkShown[];
  shown: boolean;
  planned: boolean;
}

/** Who one is here, `nameless` who has not said it; `sealed` is what a key is that somebody else made for one. With such a key one `cannot_be_done` where the count would tell whether one has voted. */
export interface MeShown {
  person: string;
  name: string;
  team: string;
  remote: boolean;
  roles: string[];
  nameless: boolean;
  done: boolean;
  hand: boolean;
  answered: boolean;
  spoken: AskedOfOne[];
  sealed: boolean;
  cannot_be_done?: boolean;
}

/** The team that speaks now and the one after it; how many have spoken, of how many. */
export interface NeedsRoundStep {
  speaks: string;
  team_name: string;
  after: string;
  at: number;
  all: number;
}

/** Teams that wait for each other in a circle, and who is asked for how much; days the cycle goes from and to. */
export interface NeedsShown {
  circles: string[][];
  loads: LoadShown[];
  start: string;
  end: string;
}

/** A note as everybody sees it who sees it at all. `cluster` is its group, `on` the line of a poster it is on, `touches` another team, `why` is why now. */
export interface NoteShown {
  pile: string;
  text: string;
  rank: number;
  baseline?: string;
  target?: string;
  kind?: string;
  why?: string;
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
  why?: string;
  late?: boolean;
  on?: string;
  touches?: string;
}

/** What only the step's activity says. */
export interface NothingShown {
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

/** A result of a team. */
export interface OwnLine {
  id: string;
  team: string;
  text: string;
}

/** A mark of one's own team. */
export interface OwnMark {
  goal: string;
  sort: string;
  seed: boolean;
}

/** A question of one's own: what became of it, what the host asks back, and what was answered later. */
export interface OwnQuestion {
  id: string;
  act: string;
  text: string;
  state: string;
  back: string;
  reply: string;
}

/** Something one wrote that nobody else sees yet. */
export interface OwnRaidNote {
  id: string;
  sort: string;
  text: string;
}

/** A result of one's own team's goal. */
export interface OwnResult {
  id: string;
  text: string;
}

/** What one said of a result oneself. */
export interface OwnSure {
  result: string;
  value: number;
  text: string;
}

/** Who carries more than two results. */
export interface PairStep {
  laden: string[];
}

/** A team that carries it: in which result, with which target, whether that is the whole one, and its note. */
export interface PartShown {
  team: string;
  name: string;
  result: string;
  text: string;
  target: number | null;
  full: boolean;
  note: string;
}

/** Somebody of this session. */
export interface PersonShown {
  name: string;
  roles: string[];
  team?: string;
  remote?: boolean;
}

/** Where sentences stand and their vote, which one leads, and what the chosen one becomes. */
export interface PhraseStep {
  pile: string;
  into: string;
  narrative: Record<string, string>;
  ballot: string;
  stage: "take" | "taken" | "vote" | "write";
  best: string;
}

/** Whose turn it is and who comes then, or all goals as cards; when each bell rings by the plan. */
export interface PitchStep {
  written: boolean;
  pitching: string;
  after: string;
  round: number;
  rounds: number;
  stage: string;
  bells: Bell[];
  goals: GoalToMark[];
}

/** How many heaps a team has made of its notes, and how many it has answered. */
export interface PlaceAtHome {
  notes: boolean;
  heaps: number;
  answered: number;
}

/** An act as whoever stands at it sees it: whether its notes are shown. */
export interface PlaceOfAct {
  notes: boolean;
}

/** Whether the notes of a poster are shown at it now. */
export interface PlaceWalking {
  notes: boolean;
}

/** The plan as everybody sees it. */
export interface PlanShown {
  steps: StepOfPlan[];
}

/** One check-in; `at` in Unix milliseconds. */
export interface PointShown {
  at: number;
  figure: number | null;
  confidence: number;
  line: string;
  voices: number;
}

/** A line of a poster: an objective, or a result of it. */
export interface PosterLine {
  id: string;
  text: string;
  objective?: boolean;
}

/** How many notes a poster has; what they say is nobody's before they are shown. */
export interface PosterOnFloor {
  poster: string;
  notes: number;
}

/** A poster: its number, its team's name, who hosts it, and its lines as they were when it went up. */
export interface PosterShown {
  number: number;
  team: string;
  hosts: string[];
  lines: PosterLine[];
}

/** What somebody says belongs together. */
export interface ProposalShown {
  id: string;
  items: string[];
}

/** How many answered the last question, and what they answered on average. */
export interface PulseShown {
  answers: number;
  mean: number;
}

/** A question at a stage; who and how many ask it is not told. Ids say nothing, so their order does not either. */
export interface QuestionShown {
  text: string;
  state: string;
}

/** A question as its hosts see it: with how many ask it. */
export interface QueuedQuestion {
  id: string;
  act: string;
  text: string;
  state: string;
  plus: number;
  back: string;
}

/** What one wrote that waits to be shown. */
export interface RaidOwn {
  notes: OwnRaidNote[];
}

/** Something to watch; `changed` is when it was looked at last (Unix milliseconds). */
export interface RaidShown {
  sort: string;
  statement: string;
  owner: string;
  impact: string;
  response: string;
  due: string;
  closed: boolean;
  changed: number;
  order: number;
}

/** Whether the notes of now were shown: nothing waits. */
export interface RaidStep {
  shown: boolean;
}

/** The need that is read now, how many were and there are; after the last one, those that are agreed. */
export interface ReadBackStep {
  reading: string;
  read: number;
  all: number;
  agreed: string[];
}

/** What is read: the lines of the goal, or those of the context and of what people said beforehand. */
export interface ReadStep {
  goal: LineShown[];
  context: string[];
  themes: string[];
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

/** The results that are cards now; for a goal of the whole organisation, how many teams they touch. */
export interface RefineStep {
  results: string[];
  coverage?: Coverage | null;
}

/** A comment on a card, by whom. */
export interface RemarkShown {
  id: string;
  by: string;
  text: string;
}

/** What facilitators wrote down for themselves for one step. */
export interface ReminderShown {
  text: string;
}

/** Somebody who was taken out. */
export interface RemovedPerson {
  person: string;
  name: string;
}

/** Who was taken out and can be let in again, and when the last one was (Unix milliseconds). */
export interface RemovedShown {
  people: RemovedPerson[];
  at: number;
}

/** The goal with what came and went since its draft, what is open, and three boxes. */
export interface RereadStep {
  lines: MarkedLine[];
  changed: boolean;
  open: StillOpen[];
  boxes: Box[];
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
  lead_names: string[];
  remarks: RemarkShown[];
  missing: string[];
}

/** The results, and which of them is spoken of now. */
export interface ReviewStep {
  reviewed: ReviewedResult[];
  up: string;
  parts: string[][];
}

/** A result: what was said of it, how sure people are (0: nobody said), and the needs behind it that are stuck. */
export interface ReviewedResult {
  result: string;
  text: string;
  lead: string;
  said: Record<string, string>;
  mean: number;
  stuck: string[];
}

/** How far each team is: those that have touched nothing are the ones to visit. */
export interface ReviseMain {
  floor: TeamAtHome[];
}

/** How many heaps all teams have made of their notes, and how many are answered. */
export interface ReviseStep {
  heaps: number;
  answered: number;
}

/** A team that is asked: for how much, and for how much it has room once that is shown (-1 before). */
export interface RoomShown {
  team: string;
  name: string;
  asks: number;
  said: boolean;
  room: number;
}

/** A shown round as a histogram; of three voters only their mean, of fewer no figure at all. */
export interface RoundPicture {
  number: number;
  voters: number;
  present: number;
  withheld?: "" | "beside_another_round" | "too_few";
  mean?: string;
  counts?: number[];
  yes?: YesShown;
  low?: number;
}

/** Each team's own sentence, whose is still to come, and what touches another team and has no answer. */
export interface SayChangeStep {
  sentences: Record<string, string>;
  waiting_for: string[];
  flags: FlagShown[];
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

/** A session as the record lists it: its state, when it was opened and closed, for which day and teams. `midway` says that it was planned by itself for the middle of the cycle, where nobody has moved it since. */
export interface SessionOnRecord {
  title: string;
  format: string;
  format_name: string;
  state: string;
  opened: number;
  ended: number;
  planned: string;
  teams: string[];
  pages: Record<string, string>;
  midway?: boolean;
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
  grows?: boolean;
}

/** A shared result. `claims` are names of teams that say they lead it, where nobody has named one. */
export interface ShareShown {
  text: string;
  target: number | null;
  unit: string;
  lead: string;
  lead_name: string;
  person: string;
  named: boolean;
  lead_gone: boolean;
  claims: string[];
  parts: PartShown[];
  order: number;
}

/** Results of the whole organisation that can be shared, and those of teams that could carry them. */
export interface SharedResultsStep {
  lines: LineShown[];
  own: OwnLine[];
}

/** Everything by its dots, and of it what is chosen; `kept` is there as it builds for later. */
export interface ShortlistStep {
  pile: string;
  ballot: string;
  ranked: string[];
  items: string[];
  kept: string;
  tie: boolean;
}

/** Which slot it is and what it is at, when each bell from now on rings by the plan, and the slot after it. `rest` is how long all that is after the present part (milliseconds). */
export interface SlotsStep {
  rounds: number;
  round: number;
  stage: string;
  bells: Bell[];
  rest: number;
  next: number;
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

/** A stage: its number, its call link, the question that is up, a line from the facilitator, and how full it is. */
export interface StageShown {
  number: number;
  link: string;
  up: string;
  line: string;
  invites: boolean;
  full: "" | "filling" | "full" | "room";
}

/** Two teams in a round; `seats` are people by id once it has begun, `link` is where they meet online. */
export interface StallShown {
  round: number;
  team: string;
  other: string;
  team_name: string;
  other_name: string;
  sorts: string[];
  seats: string[];
  missed: string;
  link: string;
  number: number;
}

/** The rounds that were shown, whether the last passes and what it lacks, and which line worries people most. */
export interface Standing {
  round: number;
  present: number;
  rounds: RoundPicture[];
  answered: number;
  lacks: string;
  passed: boolean;
  worries: string;
  decided: DecisionShown | null;
  concerns?: ConcernShown[];
}

/** A step that was taken: by whom, for which team, when (Unix milliseconds), why, and where it led. */
export interface StepOfNeed {
  step: string;
  state: string;
  by: string;
  team: string;
  at: number;
  why: string;
}

/** A step of the plan; minutes as planned, and the working days it stays open, where it does not go by the clock. */
export interface StepOfPlan {
  key: string;
  name: string;
  minutes: number;
  days: number;
  left_out: boolean;
  activity: string;
}

/** A step with all that can be set. `reads` is its prompt as people read it, `lacks` says what it needs that nothing before it leaves. */
export interface StepOfScript {
  key: string;
  activity: string;
  called: string;
  name: string;
  title: string;
  prompt: string;
  reads: string;
  hint: string;
  minutes: number;
  left_out: boolean;
  settings: SettingShown[];
  lacks: string;
  begun: boolean;
}

/** The phase: its words and minutes, when it began and ends (Unix milliseconds), and who will see what. `left` is what is left of a clock that is held. `quiet` is a time to talk, `waits` one to say that one is done. What its activity adds stands beside. */
export interface StepShown {
  run: string;
  key: string;
  activity: string;
  name: string;
  title: string;
  prompt: string;
  empty: string;
  done: string;
  minutes: number;
  nth: number;
  of_steps: number;
  started: number;
  deadline: number;
  left: number | null;
  moved: number;
  stopped: boolean;
  seen_by: string;
  quiet: boolean;
  waits: boolean;
}

/** Feedback that has no answer yet. */
export interface StillOpen {
  text: string;
  kind: string;
  team: string;
}

/** How sure one person is, by name. */
export interface SureOf {
  name: string;
  value: number;
  text: string;
}

/** A result and, once they are shown, how sure people are, the least sure first. */
export interface SureOfResult {
  result: string;
  text: string;
  sure: SureOf[];
  mean: number;
}

/** How far a team is with its notes and its words. */
export interface TeamAtHome {
  poster: string;
  heaps: number;
  answered: number;
  edited: boolean;
  version: number;
}

/** A line of a goal, and whose it is. */
export interface TeamLine {
  id: string;
  team: string;
  text: string;
}

/** A team of the room. */
export interface TeamListed {
  id: string;
  name: string;
}

/** A team, as the record lists it; `size` in people, 0 if it is not known; `capacity` -1 likewise. */
export interface TeamOfRecord {
  name: string;
  kind: string;
  size: number;
  capacity: number;
  order: number;
}

/** A team that can play, and how many people it has. */
export interface TeamPlaying {
  id: string;
  name: string;
  people: number;
}

/** A team, as a session names it. */
export interface TeamShown {
  name: string;
}

/** The three things one's team takes along, as they stand. */
export interface TeamsThings {
  things: string[];
}

/** A theme with its dots (by when where enough voted, else -1), its teams, and how two levels voted (else -1). */
export interface ThemeOfStep {
  item: string;
  dots: number;
  now: number;
  later: number;
  teams: string[];
  leaders: number;
  others: number;
  kept: boolean;
}

/** What people said matters: with its dots (by when, where enough voted), its teams, and what became of it. */
export interface ThemeShown {
  words: string;
  session: string;
  dots: number;
  now: number;
  later: number;
  notes: string[];
  teams: string[];
  state: string;
  reason: string;
  order: number;
}

/** The themes, those with most dots first. */
export interface ThemesStep {
  pile: string;
  themes: ThemeOfStep[];
}

/** What a team heard. */
export interface ThingsOfTeam {
  team: string;
  name: string;
  things: string[];
}

/** One's own team; `acts` are the ones it played. No team: one looks on. */
export interface ThreeThingsMine {
  team: string;
  name: string;
  acts: string[];
}

/** The team that is read out, those that were, and whose things are still to come. */
export interface ThreeThingsStep {
  reading: string;
  taken: ThingsOfTeam[];
  waiting: string[];
  read: number;
  all: number;
}

/** One's own thumb; none is empty. */
export interface ThumbsMine {
  thumb: "" | "down" | "sideways" | "up";
}

/** Thumbs by person, once they are shown. */
export interface ThumbsStep {
  shown: boolean;
  thumbs: Record<string, "down" | "sideways" | "up">;
}

/** The stall one stands at now and the one after it; none: one is free. */
export interface TradeMine {
  stall: string;
  next: string;
  waits: boolean;
}

/** Which round it is and what it is at, when each bell rings by the plan, and how many marks have no stall. */
export interface TradeStep {
  rounds: number;
  round: number;
  stage: string;
  bells: Bell[];
  next: number;
  unplanned: number;
}

/** A team with a goal, and who trades for it, by id. */
export interface TraderShown {
  team: string;
  name: string;
  people: string[];
}

/** One's own team in the marketplace: who trades for it, its marks, its results, and the stalls it stands at. */
export interface TradingShown {
  team: string;
  name: string;
  trades: boolean;
  people: string[];
  marks: OwnMark[];
  results: OwnResult[];
  link: string;
}

/** Who visits which team, by which day as they wrote it. */
export interface VisitShown {
  team: string;
  person: string;
  by: string;
}

/** Teams, in the order of the record. */
export interface VisitsStep {
  teams: string[];
}

/** Whether everything presses now, and nothing builds for later. */
export interface VoteMain {
  all_now: boolean;
}

/** One's own vote. */
export interface VoteOfOne {
  value: number;
  meaningful: boolean;
  inclusive: boolean;
  can_do: boolean;
}

/** The wall voted on and the round, with what each has; `shown` is whether its votes are. */
export interface VoteStep {
  pile: string;
  ballot: string;
  budget?: number;
  per_item?: number;
  leans?: boolean;
  shown?: boolean;
}

/** One's own dots and leanings by item, and how many are left. */
export interface VotesShown {
  items: Record<string, number>;
  leanings: Record<string, string>;
  left: number;
}

/** One's own way: a `visitor` has a group and its route, a `host` a poster and who could stand in there. */
export interface WalkMine {
  role: "host" | "none" | "visitor";
  home: string;
  poster?: string;
  mates?: string[];
  group?: number;
  colour?: string;
  route?: string[];
  arrived?: number;
  shares?: number;
  many?: boolean;
}

/** Rounds and groups as everybody sees them: no names, only how many. */
export interface WalkStep {
  dealt: boolean;
  groups: GroupOnFloor[];
  rounds: number;
  round: number;
  stage: string;
}

/** How many notes hang where, and who walks with whom. */
export interface WalkingMain {
  floor: PosterOnFloor[];
  groups: GroupMembers[];
}

/** When each bell from now on rings by the plan, and how long all that is (milliseconds). */
export interface WalkingStep {
  bells: Bell[];
  rest: number;
}

/** How many said yes to each of the three questions. */
export interface YesShown {
  meaningful: number;
  inclusive: number;
  can_do: number;
}

/** By what stands before the colon of a key: all that a thing can say, to one audience or another. */
export interface Kinds {
  act: ActShown;
  agenda: AgendaListed;
  answered: AnsweredShown;
  attention: AttentionShown;
  ballot: BallotSeen;
  billed: BilledShown;
  checkin: CheckInsShown;
  claims: ClaimsShown;
  clocks: ClocksShown;
  cluster: GroupShown;
  conflict: ConflictShown;
  connectivity: ConnectivityShown;
  counts: CountsShown;
  crew: CrewShown;
  cycles: CyclesShown;
  decision: DecisionLogged;
  dependency: DependencyShown;
  desk: DeskShown;
  draft: DraftShown;
  duplicate: DuplicateShown;
  duty: DutyShown;
  feedback: FeedbackShown;
  festival: FestivalMine;
  finding: FindingShown;
  hall: HallShown;
  helpdesk: HelpDeskShown;
  hidden: HiddenSeen;
  hold: HoldShown;
  known: KnownShown;
  leader: LeaderShown;
  lineup: LineUpShown;
  main: MainShown;
  market: MarketShown;
  me: MeShown;
  mine: NothingShown;
  needs: NeedsShown;
  note: NoteShown & NoteWritten;
  objective: ObjectiveShown & ObjectiveHome & ObjectiveOfRecord;
  person: PersonShown;
  place: NothingShown;
  plan: PlanShown;
  poster: PosterShown;
  question: QuestionShown;
  raid: RaidShown;
  raid_notes: RaidOwn;
  reminder: ReminderShown;
  removed: RemovedShown;
  result: ResultShown;
  room: RecordShown;
  script: ScriptShown;
  session: SessionShown & SessionOnRecord;
  share: ShareShown;
  spoken: SpokenShown;
  stage: StageShown;
  stall: StallShown;
  step: StepShown;
  team: TeamShown & TeamOfRecord;
  theme: ThemeShown;
  things: TeamsThings;
  trading: TradingShown;
  visit: VisitShown;
  votes: VotesShown;
}

/** What stands in `step` besides, by what people do in the step. */
export interface StepAdds {
  align: GoalStep & AlignStep;
  assemble: WalkStep;
  browse: BrowseStep;
  capacity: CapacityStep;
  commit: CommitStep;
  confidence: GoalStep & Standing & ConfidenceStep;
  conflict_cards: ConflictStep;
  decide_blocked: BlockedStep;
  escalate: EscalateStep;
  finish: GoalStep & FinishStep;
  four_fields: FourFieldsStep;
  gather: GatherStep;
  group: GroupStep;
  how_sure: HowSureStep;
  listen: ListenStep;
  needs_round: NeedsRoundStep;
  pair: GoalStep & PairStep;
  phrase: GoalStep & PhraseStep;
  pitch: PitchStep;
  raid_pass: RaidStep;
  read: ReadStep;
  read_back: ReadBackStep;
  refine: RefineStep;
  reread: GoalStep & RereadStep;
  review_shared: ReviewStep;
  revise: ReviseStep;
  say_change: SayChangeStep;
  shared_results: SharedResultsStep;
  shortlist: ShortlistStep;
  slots: SlotsStep;
  themes: ThemesStep;
  three_things: ThreeThingsStep;
  thumbs: GoalStep & ThumbsStep;
  trade: TradeStep;
  visits: GoalStep & VisitsStep;
  vote: VoteStep;
  walk: WalkStep & WalkingStep;
}

/** What stands in `main` besides, by what people do in the step. */
export interface MainAdds {
  assemble: AssembleMain;
  confidence: ConfidenceMain;
  group: GroupMain;
  revise: ReviseMain;
  vote: VoteMain;
  walk: WalkingMain;
}

/** What stands in `place` besides, by what people do in the step. */
export interface PlaceAdds {
  revise: PlaceAtHome;
  slots: PlaceOfAct;
  three_things: PlaceOfAct;
  walk: PlaceWalking;
}

/** What stands in `mine` besides, by what people do in the step. */
export interface MineAdds {
  assemble: WalkMine;
  capacity: CapacityMine;
  confidence: ConfidenceMine;
  group: GroupMine;
  how_sure: HowSureMine;
  listen: ListenMine;
  revise: WalkMine;
  say_change: WalkMine;
  three_things: ThreeThingsMine;
  thumbs: ThumbsMine;
  trade: TradeMine;
  walk: WalkMine;
}
