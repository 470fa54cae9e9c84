#!/bin/sh
# Asks Astern whether a service may be released now. Ends the job when the answer is no.
#   ASTERN_URL    https://astern.example
#   ASTERN_TOKEN  one of gate.tokens
#   gate.sh SERVICE [ENVIRONMENT] [REGION]
# When nobody can tell (Astern is down, 503): GATE_UNKNOWN=closed, the default, ends the job as a no would; GATE_UNKNOWN=open lets it
# go on, and says so. Closed means: while Astern is down nobody ships. Open means: for that time nothing keeps the bad version out.
set -u
service=${1:?usage: gate.sh SERVICE [ENVIRONMENT] [REGION]}
answer=$(curl --silent --show-error --max-time 10 --retry 3 --retry-connrefused --write-out '\n%{http_code}' --get \
  --header "Authorization: Bearer ${ASTERN_TOKEN:?}" --header 'Accept: text/plain' \
  ${2:+--data-urlencode "env=$2"} ${3:+--data-urlencode "region=$3"} "${ASTERN_URL:?}/gate/$service")
status=$(printf '%s\n' "$answer" | tail -n 1)
printf '%s\n' "$answer" | sed '$d' | sed '/^$/d'
case $status in
  200) exit 0 ;;
  423) exit 1 ;;
  # A wrong token or name is a mistake of the pipeline, never a reason to go on.
  400 | 401 | 403 | 404) exit 2 ;;
esac
if [ "${GATE_UNKNOWN:-closed}" = open ]; then
  echo "nobody can tell whether $service may be released (HTTP $status); GATE_UNKNOWN=open lets it go on"
  exit 0
fi
echo "nobody can tell whether $service may be released (HTTP $status); try again, or set GATE_UNKNOWN=open"
exit 3
