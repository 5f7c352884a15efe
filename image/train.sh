#!/bin/sh
# Runs an extracted service against an empty AWS until its first poll of the queue.
#   train.sh APP_FOLDER CLASSES            writes the CDS archive APP_FOLDER/app.jsa
#   train.sh APP_FOLDER CLASSES measure    prints time and CPU until the poll, and memory IDLE (60) seconds later;
#                                          requires the archive
# CLASSES contains the compiled EmptyAnswers. FFMPEG selects an ffmpeg other than the one on the PATH.
set -eu
app=$1 classes=$2 what=${3:-train}
here=$(dirname "$0") java=${JAVA:-java}
work=$(mktemp -d)
touch "$work/aws" "$work/log"
"$java" -cp "$classes" EmptyAnswers >>"$work/aws" &
aws=$!
trap 'kill $aws 2>/dev/null; rm -rf "$work"' EXIT

# await PATTERN FILE PID: waits until a line of FILE matches, and fails when process PID ends or after 120 s
await() {
    i=0
    until grep -q "$1" "$2"; do
        i=$((i + 1))
        if [ $i -gt 1200 ] || ! kill -0 "$3" 2>/dev/null; then
            cat "$work/aws" "$work/log"
            echo "no line matched: $1" >&2
            exit 1
        fi
        sleep 0.1
    done
}

await '^port' "$work/aws" $aws
url=http://127.0.0.1:$(sed -n 's/^port //p' "$work/aws")
if [ "$what" = train ]; then
    archive="-XX:ArchiveClassesAtExit=$app/app.jsa -Xlog:cds=off -Xlog:cds+dynamic=off"
else
    archive="-XX:SharedArchiveFile=$app/app.jsa"
fi
start=$(date +%s%3N)
# shellcheck disable=SC2086
env AWS_REGION=eu-west-1 AWS_ACCESS_KEY_ID=none AWS_SECRET_ACCESS_KEY=none AWS_ENDPOINT_URL="$url" \
    AWS_SQS_QUEUE=train AWS_SQS_QUEUE_URL="$url/0/train" AWS_SQS_DEAD_LETTERS_URL="$url/0/train-dead-letters" \
    AWS_SNS_TOPIC=arn:aws:sns:eu-west-1:000000000000:train \
    S3_BUCKET_ORIGIN=train-origin S3_BUCKET_DESTINATION=train-clips JOBS_TABLE=train-jobs \
    CAM_SERVICES_URL="$url" CLIP_URL="$url" CLIP_DOWNLOAD_DEST="$work/scratch" \
    API_AUTH=off SERVER_ADDRESS=127.0.0.1 SERVER_PORT=0 MANAGEMENT_ADDRESS=127.0.0.1 MANAGEMENT_PORT=0 DRAIN=1 \
    "$java" @"$here/jvm.options" $archive ${JAVA_MORE:-} -jar "$app/app.jar" >>"$work/log" 2>&1 &
service=$!
await '^polled' "$work/aws" $service
if [ "$what" = measure ]; then
    polled=$(sed -n 's/^polled at //p' "$work/aws" | head -1)
    echo "start to first poll: $((polled - start)) ms"
    awk '{print "CPU until then: " ($14 + $15) * 10 " ms"}' /proc/$service/stat
    sleep "${IDLE:-60}"
    grep -e VmRSS -e VmHWM -e Threads /proc/$service/status
fi
kill -TERM $service
wait $service || true
test -s "$app/app.jsa" || { cat "$work/log"; echo 'no archive was written' >&2; exit 1; }
