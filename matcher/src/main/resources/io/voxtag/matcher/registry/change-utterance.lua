-- Stores or removes the vector of an utterance, and with it the voiceprint of the speaker and the
-- entry in the stream of changes.
-- KEYS: voiceprints, changes, change count, vectors and metadata of the speaker, versions
-- ARGV: speaker, utterance, vector ('' removes), metadata, expected last change ('' for any),
--       changes to keep, model version
-- Answers DONE, SAME (it was so already) or MOVED (another change came first; nothing was done).
local voiceprints, changes, count, vectors, metadata, versions = unpack(KEYS)
local speaker, utterance, vector, facts, expected, keep, version = unpack(ARGV)

-- The mean direction of all vectors of the speaker.
local function voiceprint(all)
  local sum = {}
  for _, bytes in ipairs(all) do
    for i = 1, #bytes / 4 do
      sum[i] = (sum[i] or 0) + struct.unpack('<f', bytes, i * 4 - 3)
    end
  end
  local square = 0
  for i = 1, #sum do
    square = square + sum[i] * sum[i]
  end
  if square == 0 then
    -- Vectors that cancel each other out have no mean direction: one of them stands for all.
    return all[1]
  end
  local length = math.sqrt(square)
  for i = 1, #sum do
    sum[i] = struct.pack('<f', sum[i] / length)
  end
  return table.concat(sum)
end

local stored = redis.call('HGET', vectors, utterance) or ''
if stored == vector then
  if vector ~= '' then
    redis.call('HSET', metadata, utterance, facts)
  end
  return 'SAME'
end
if expected ~= '' then
  local last = redis.call('XREVRANGE', changes, '+', '-', 'COUNT', 1)
  if (last[1] and last[1][1] or '0-0') ~= expected then
    return 'MOVED'
  end
end

if vector == '' then
  redis.call('HDEL', vectors, utterance)
  redis.call('HDEL', metadata, utterance)
else
  redis.call('SADD', versions, version)
  redis.call('HSET', vectors, utterance, vector)
  redis.call('HSET', metadata, utterance, facts)
end
local all = redis.call('HVALS', vectors)
if #all == 0 then
  redis.call('HDEL', voiceprints, speaker)
else
  redis.call('HSET', voiceprints, speaker, voiceprint(all))
end
redis.call('XADD', changes, 'MAXLEN', '~', keep, '*',
  'speaker', speaker, 'number', redis.call('INCR', count))
return 'DONE'
