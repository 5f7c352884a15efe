#!/bin/sh
# Builds the image and makes a clip with it on LocalCloud. Where there is neither podman nor docker, or no base image,
# it says so and does the image's steps on this machine, which needs a JDK 17 or later.
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
    echo "not built: there is no podman or docker that can get $base; its steps are done on this machine instead"
    ffmpeg=$(command -v ffmpeg || echo "$PWD/target/ffmpeg/ffmpeg")
    # any test that needs an ffmpeg puts the tests' own there
    [ -x "$ffmpeg" ] || ./mvnw -q surefire:test -Dtest=FootageTest
    export FFMPEG="$ffmpeg"
    java -Djarmode=tools -jar "$(ls target/camclips-*.jar)" extract --destination target/image/app
    mv target/image/app/camclips-*.jar target/image/app/app.jar
    javac -d target/image/classes image/EmptyAnswers.java
    image/train.sh target/image/app target/image/classes
    command="java @image/jvm.options -XX:MaxRAM=2g -XX:SharedArchiveFile=target/image/app/app.jsa -jar target/image/app/app.jar"
fi
./mvnw -q surefire:test -Dtest=ImageTest -Dimage.command="$command"
echo 'passed: a clip was made, and it ended when it was asked to'
