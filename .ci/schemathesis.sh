#!/usr/bin/env bash
# The JSON API, asked by Schemathesis from its own description: 500 examples an operation, as a person of a party who may act. No
# answer may be a failure of the workbench, or have a status, kind or shape that the description does not tell.
# .ci/schemathesis.sh ONETEXT FOLDER [EXAMPLES]
set -euo pipefail
program=$(realpath "$1") folder=$2 examples=${3:-500}
# The version is fixed, so that the same is asked each time.
version=4.32.5
mkdir -p "$folder"
folder=$(realpath "$folder")
if ! "$folder/venv/bin/python" -c 'import schemathesis' 2>/dev/null; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install --quiet --disable-pip-version-check "schemathesis==$version"
fi
rm -rf "$folder/demo"
"$program" demo "$folder/demo" --serve --listen 127.0.0.1:0 >"$folder/serve.log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true' EXIT
for _ in $(seq 120); do
    grep -q '^Ctrl-C' "$folder/serve.log" && break
    kill -0 "$server" 2>/dev/null || { cat "$folder/serve.log"; exit 1; }
    sleep 0.5
done
address=$(sed -n 's/^The workbench is at \(.*\)\/$/\1/p' "$folder/serve.log")
link=$(sed -n 's/^  karvonia  //p' "$folder/serve.log")
# As a person comes to a token: sits down by the link, invites, makes a password, makes a token. A form goes out as browsers send it.
jar="$folder/cookies"
rm -f "$jar" "$jar.own"
post() { curl -sS -o "$folder/answer" -w '%{http_code}\n' -b "$1" -c "$1" -H "Origin: $address" "$2" "${@:3}"; }
post "$jar" "$link" -d '' >/dev/null
post "$jar" "$address/account/invite" -d 'to=karvonia#' >/dev/null
invitation=$(grep -o "$address/link/[a-z0-9_]*" "$folder/answer" | head -n 1) || { echo 'no invitation came'; exit 1; }
post "$jar.own" "$invitation" -d 'name=Schemathesis&password=four words and a river' >/dev/null
post "$jar.own" "$address/account/tokens" -d 'name=schemathesis&acts=yes&days=1&password=four words and a river' >/dev/null
token=$(grep -o 'onetext_[a-z0-9_]*' "$folder/answer" | head -n 1) || { echo 'no token came'; exit 1; }
# It keeps a cache where it stands, which is not to be the checkout.
cd "$folder"
venv/bin/schemathesis run "$address/api/openapi.json" \
    --header "Authorization: Bearer $token" \
    --max-examples "$examples" --seed 4711 --workers 1 --request-timeout 60 \
    --phases examples,coverage,fuzzing \
    --checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,response_headers_conformance \
    --suppress-health-check all --no-color | tail -n 60
