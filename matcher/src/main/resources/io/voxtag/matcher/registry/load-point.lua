-- The last change and its number: where a reader that loads everything now goes on from.
-- KEYS: changes, change count
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
return { last[1] and last[1][1] or '0-0', redis.call('GET', KEYS[2]) or '0' }
