#!/bin/sh
# Builds the image and cuts a clip with it on LocalCloud. Without podman or docker, or without the base image, it prints
# a message and runs the build steps of the image on this machine, which requires JDK 17 or later.
set -eu
cd "$(dirname "$0")/.."
base=debian:bookworm-slim
engine=
for e in podman docker; do
    if $e info >/dev/null 2>&1 && { $e image inspect $base || $e pull $base; } >/dev/null 2>&1; then
        engine=$e
        break
    fi
done

./mvnw -q package -DskipTests
rm -rf target/image && mkdir -p target/image
if [ -n "$engine" ]; then
    $engine build -q -t camclips:test --build-arg JAR=given .
    $engine image inspect --format 'size: {{.Size}} bytes' camclips:test
    command="$engine run --rm --network host --read-only --tmpfs /tmp --tmpfs /var/lib/camclips/scratch:mode=1777"
    command="$command --cap-drop ALL --memory 2g --env-file target/image/env camclips:test"
else
    echo "image not built: neither podman nor docker can get $base; running its build steps on this machine"
    ffmpeg=$(command -v ffmpeg || echo "$PWD/target/ffmpeg/ffmpeg")
    # any test that uses ffmpeg installs the bundled one there
    [ -x "$ffmpeg" ] || ./mvnw -q surefire:test -Dtest=FootageTest
    export FFMPEG="$ffmpeg"
    java -Djarmode=tools -jar "$(ls target/camclips-*.jar)" extract --destination target/image/app
    mv target/image/app/camclips-*.jar target/image/app/app.jar
    javac -d target/image/classes image/EmptyAnswers.java
    image/train.sh target/image/app target/image/classes
    command="java @image/jvm.options -XX:MaxRAM=2g -XX:SharedArchiveFile=target/image/app/app.jsa -jar target/image/app/app.jar"
fi
./mvnw -q surefire:test -Dtest=ImageTest -Dimage.command="$command"
echo 'passed: the image cut a clip and shut down gracefully'
