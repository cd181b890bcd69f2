#!/usr/bin/env bash
# Whether the service in this container is ready: 0 if so, 1 if not. The images have no HTTP client.
# Reads VOXTAG_SERVICE and, where it is set, QUARKUS_HTTP_PORT.
set -u

case "${VOXTAG_SERVICE:-}" in
  ingest) default=8080 ;;
  embedder) default=8081 ;;
  matcher) default=8082 ;;
  trainer) default=8083 ;;
  console) default=8084 ;;
  *)
    echo "VOXTAG_SERVICE is \"${VOXTAG_SERVICE:-}\"; it must name a service" >&2
    exit 1
    ;;
esac

{ exec 3<>"/dev/tcp/127.0.0.1/${QUARKUS_HTTP_PORT:-$default}"; } 2>/dev/null || {
  echo "nobody listens" >&2
  exit 1
}
printf 'GET /q/health/ready HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
IFS= read -r -t 4 status <&3 || exit 1
case "$status" in
  HTTP/1.?" 200"*) exit 0 ;;
  *)
    echo "$status" >&2
    exit 1
    ;;
esac
