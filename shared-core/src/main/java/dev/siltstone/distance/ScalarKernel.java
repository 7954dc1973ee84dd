package dev.siltstone.distance;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Plain Java: the better choice until the optimising compiler has run, or where there is none. It
 * copies each vector into an array first: under C1, 384 values take 285 ns so, but 1,650 ns where
 * each is read from the segment.
 */
final class ScalarKernel implements DistanceKernel {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Where vectors are copied to; empty if any thread may come, which costs it an array a call. */
  private final float[] scratch;

  /** The same for codes and, behind them, the rest of a vector. */
  private final byte[] splitScratch;

  ScalarKernel() {
    this(0);
  }

  private ScalarKernel(int values) {
    this.scratch = new float[values];
    this.splitScratch = new byte[values * Float.BYTES];
  }

  @Override
  public DistanceKernel forOneThread(int values) {
    return new ScalarKernel(values);
  }

  @Override
  public void dot(
      MemorySegment vectors, long a, long b, long c, long d, float[] query, float[] out, int at) {
    float[] vector = room(query.length);
    out[at] = dot(copy(vectors, a, vector), query);
    out[at + 1] = dot(copy(vectors, b, vector), query);
    out[at + 2] = dot(copy(vectors, c, vector), query);
    out[at + 3] = dot(copy(vectors, d, vector), query);
  }

  @Override
  public void squaredDistance(
      MemorySegment vectors, long a, long b, long c, long d, float[] query, float[] out, int at) {
    float[] vector = room(query.length);
    out[at] = squaredDistance(copy(vectors, a, vector), query);
    out[at + 1] = squaredDistance(copy(vectors, b, vector), query);
    out[at + 2] = squaredDistance(copy(vectors, c, vector), query);
    out[at + 3] = squaredDistance(copy(vectors, d, vector), query);
  }

  @Override
  public int roughDot(
      MemorySegment vectors,
      long[] offsets,
      int[] exponents,
      int count,
      float[] query,
      float[] out) {
    byte[] codes = splitRoom(query.length);
    for (int i = 0; i < count; i++) {
      float[] values = SplitFloats.of(exponents[i]).values();
      out[i] = roughDot(copy(vectors, offsets[i], codes, 0, query.length), values, query);
    }
    return 0;
  }

  @Override
  public int roughSquaredDistance(
      MemorySegment vectors,
      long[] offsets,
      int[] exponents,
      int count,
      float[] query,
      float[] out) {
    byte[] codes = splitRoom(query.length);
    for (int i = 0; i < count; i++) {
      float[] values = SplitFloats.of(exponents[i]).values();
      out[i] =
          roughSquaredDistance(copy(vectors, offsets[i], codes, 0, query.length), values, query);
    }
    return 0;
  }

  @Override
  public void unpack(MemorySegment vectors, long codes, int exponent, float[] query) {
    byte[] copied = copy(vectors, codes, splitRoom(query.length), 0, query.length);
    float[] values = SplitFloats.of(exponent).values();
    for (int i = 0; i < query.length; i++) {
      query[i] = values[copied[CodeLanes.codePlace(i)] & 0xFF];
    }
  }

  @Override
  public void join(
      MemorySegment vectors,
      long codes,
      long rest,
      int exponent,
      MemorySegment target,
      long at,
      int values) {
    byte[] parts = copy(vectors, codes, splitRoom(values), 0, values);
    copy(vectors, rest, parts, values, 3 * values);
    float[] joined = room(values);
    SplitFloats.of(exponent).join(parts, values, joined);
    MemorySegment.copy(joined, 0, target, FLOAT, at, values);
  }

  private byte[] splitRoom(int values) {
    return scratch.length == values ? splitScratch : new byte[values * Float.BYTES];
  }

  private static byte[] copy(MemorySegment vectors, long offset, byte[] into, int from, int count) {
    MemorySegment.copy(vectors, ValueLayout.JAVA_BYTE, offset, into, from, count);
    return into;
  }

  private static float roughDot(byte[] codes, float[] values, float[] query) {
    float sum0 = 0;
    float sum1 = 0;
    float sum2 = 0;
    float sum3 = 0;
    for (int group = 0; group < query.length; group += VectorTable.LANES) {
      for (int i = 0; i < CodeLanes.STEP; i++) {
        int four = group + 4 * i;
        int first = group + i;
        sum0 += values[codes[four] & 0xFF] * query[first];
        sum1 += values[codes[four + 1] & 0xFF] * query[first + CodeLanes.STEP];
        sum2 += values[codes[four + 2] & 0xFF] * query[first + 2 * CodeLanes.STEP];
        sum3 += values[codes[four + 3] & 0xFF] * query[first + 3 * CodeLanes.STEP];
      }
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }

  private static float roughSquaredDistance(byte[] codes, float[] values, float[] query) {
    float sum0 = 0;
    float sum1 = 0;
    float sum2 = 0;
    float sum3 = 0;
    for (int group = 0; group < query.length; group += VectorTable.LANES) {
      for (int i = 0; i < CodeLanes.STEP; i++) {
        int four = group + 4 * i;
        int first = group + i;
        float to0 = values[codes[four] & 0xFF] - query[first];
        float to1 = values[codes[four + 1] & 0xFF] - query[first + CodeLanes.STEP];
        float to2 = values[codes[four + 2] & 0xFF] - query[first + 2 * CodeLanes.STEP];
        float to3 = values[codes[four + 3] & 0xFF] - query[first + 3 * CodeLanes.STEP];
        sum0 += to0 * to0;
        sum1 += to1 * to1;
        sum2 += to2 * to2;
        sum3 += to3 * to3;
      }
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }

  private float[] room(int values) {
    return scratch.length == values ? scratch : new float[values];
  }

  private static float[] copy(MemorySegment vectors, long offset, float[] into) {
    MemorySegment.copy(vectors, FLOAT, offset, into, 0, into.length);
    return into;
  }

  /** Four sums, so that additions need not wait for each other. */
  private static float dot(float[] vector, float[] query) {
    float sum0 = 0;
    float sum1 = 0;
    float sum2 = 0;
    float sum3 = 0;
    for (int i = 0; i < query.length; i += 4) {
      sum0 += vector[i] * query[i];
      sum1 += vector[i + 1] * query[i + 1];
      sum2 += vector[i + 2] * query[i + 2];
      sum3 += vector[i + 3] * query[i + 3];
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }

  private static float squaredDistance(float[] vector, float[] query) {
    float sum0 = 0;
    float sum1 = 0;
    float sum2 = 0;
    float sum3 = 0;
    for (int i = 0; i < query.length; i += 4) {
      float difference0 = vector[i] - query[i];
      float difference1 = vector[i + 1] - query[i + 1];
      float difference2 = vector[i + 2] - query[i + 2];
      float difference3 = vector[i + 3] - query[i + 3];
      sum0 += difference0 * difference0;
      sum1 += difference1 * difference1;
      sum2 += difference2 * difference2;
      sum3 += difference3 * difference3;
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }

  @Override
  public String name() {
    return "scalar";
  }
}
