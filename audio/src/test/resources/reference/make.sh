#!/usr/bin/env bash
# Makes the files of this folder with sox, ffmpeg, flac, lame and opusenc: X.EXT is audio, X.EXT.f32 is
# what ffmpeg (opusdec for Opus, sox for resampled) reads from it: raw little-endian floats, interleaved.
set -eu
cd "$(dirname "$0")"
tmp=$(mktemp -d)
sox -R -n -r 16000 -b 24 "$tmp/mono.wav" synth 0.06 sine 200-3000 synth 0.06 pinknoise mix vol 0.5
sox -R -n -r 44100 -c 2 -b 24 "$tmp/stereo.wav" synth 0.04 sine 300-5000 sine 440 vol 0.5
sox -R -n -r 16000 -b 16 "$tmp/long.wav" synth 0.4 sine 200-3000 synth 0.4 sine mix 150 vol 0.5
sox -R -n -r 44100 -c 2 -b 16 "$tmp/longstereo.wav" synth 0.3 sine 300-5000 sine 440 vol 0.5
for coding in pcm_u8 pcm_s16le pcm_s24le pcm_s32le pcm_f32le pcm_f64le pcm_mulaw pcm_alaw; do
  ffmpeg -v error -y -bitexact -i "$tmp/mono.wav" -c:a $coding "$coding.wav"
done
ffmpeg -v error -y -bitexact -i "$tmp/stereo.wav" -c:a pcm_s24le stereo.wav
ffmpeg -v error -y -bitexact -i "$tmp/mono.wav" -rf64 always rf64.wav
ffmpeg -v error -y -i "$tmp/mono.wav" -f wav -c:a pcm_s16le - > streamed-ffmpeg.wav
sox -D "$tmp/mono.wav" -b 16 -t wav - > streamed-sox.wav
for bits in 8 16 24; do flac --totally-silent -f -8 -o "bits$bits.flac" <(sox -D "$tmp/stereo.wav" -b $bits -t wav -) || sox -D "$tmp/stereo.wav" -b $bits "bits$bits.flac"; done
ffmpeg -v error -y -bitexact -i "$tmp/mono.wav" -sample_fmt s32 -c:a flac -strict experimental bits32.flac
sox -D "$tmp/long.wav" sox.flac
lame --quiet -b 32 "$tmp/long.wav" mono.mp3
lame --quiet -V 5 "$tmp/longstereo.wav" stereo.mp3
lame --quiet -t -b 64 --tt title "$tmp/longstereo.wav" notag.mp3
opusenc --quiet --serial 1 --discard-comments --bitrate 24 "$tmp/longstereo.wav" stereo.opus
opusenc --quiet --serial 2 --discard-comments --bitrate 64 --framesize 60 "$tmp/longstereo.wav" frames60.opus
for file in *.wav *.flac *.mp3; do ffmpeg -v error -y -i "$file" -f f32le "$file.f32"; done
for file in stereo frames60; do
  opusdec --quiet --no-dither --rate 48000 "$file.opus" - | sox -t raw -e signed -b 16 -r 48000 -c 2 - -t f32 "$file.opus.f32"
done
sox -R -n -r 44100 -e float -b 32 "$tmp/sweep.wav" synth 0.1 sine 100-6000 vol 0.5
sox "$tmp/sweep.wav" -t f32 sweep-44100.f32
for rate in 16000 8000 48000; do sox "$tmp/sweep.wav" -t f32 "sweep-$rate.f32" rate -v -L $rate; done
python3 -c 'import sys,struct;sys.stdout.buffer.write(struct.pack("<65536h",*range(-32768,32768)))' > "$tmp/all.raw"
python3 -c 'import sys;sys.stdout.buffer.write(bytes(range(256)))' > "$tmp/codes.raw"
for law in mu a; do
  sox -D -t raw -r 8000 -e signed -b 16 "$tmp/all.raw" -t raw -e $law-law -b 8 "$tmp/$law-encoded.raw"
  gzip -9nc "$tmp/$law-encoded.raw" > "$law-law-encoded.raw.gz"
  sox -D -t raw -r 8000 -e $law-law -b 8 "$tmp/codes.raw" -t raw -e signed -b 16 "$law-law-decoded.s16"
done
rm -r "$tmp"
