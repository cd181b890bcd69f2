/** How voices look: a speaker has the same colour on every call, and while there are enough, its own. */

const COLOURS = 10;

function hash(text) {
  let value = 2166136261;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 16777619);
  }
  return value >>> 0;
}

const MAX_NAMES = 2000;
const given = new Map();
const taken = new Array(COLOURS).fill(0);

/** The colour that the name asks for, or the next one that the fewest others have. */
function colour(name) {
  if (!given.has(name)) {
    if (given.size >= MAX_NAMES) return hash(name) % COLOURS;
    let best = hash(name) % COLOURS;
    for (let step = 1; step < COLOURS; step++) {
      const other = (hash(name) + step) % COLOURS;
      if (taken[other] < taken[best]) best = other;
    }
    taken[best]++;
    given.set(name, best);
  }
  return given.get(name);
}

export function isUnknown(stretch) {
  return stretch.state === 'UNKNOWN';
}

/** Class names for a stretch. */
export function look(stretch) {
  const stage = stretch.stage.toLowerCase();
  switch (stretch.state) {
    case 'IDENTIFIED':
      return `voice v${colour(stretch.speakerId ?? '')} ${stage}`;
    case 'UNKNOWN':
      return `voice unknown u${hash(stretch.speakerId ?? '') % 4} ${stage}`;
    case 'OVERLAP':
      return `voice overlap ${stage}`;
    default:
      return 'voice silent';
  }
}

/** Who speaks, in a word or two. */
export function name(stretch) {
  switch (stretch.state) {
    case 'IDENTIFIED':
      return stretch.speakerId ?? 'somebody';
    case 'UNKNOWN':
      return stretch.speakerId ?? 'unknown';
    case 'OVERLAP':
      return 'several at once';
    default:
      return 'too little speech';
  }
}

export const STAGES = {
  PROVISIONAL: 'provisional',
  CONFIRMED: 'confirmed',
  REVISED: 'revised: an earlier statement was taken back',
};

export function isSpeech(stretch) {
  return stretch.state !== 'INSUFFICIENT_SPEECH';
}
