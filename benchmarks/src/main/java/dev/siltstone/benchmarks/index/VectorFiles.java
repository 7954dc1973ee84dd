package dev.siltstone.benchmarks.index;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The fvecs and ivecs formats of the public test sets: each vector is its length as an int32, then
 * so many float32 or int32 values, all little-endian.
 */
public final class VectorFiles {
  private VectorFiles() {}

  /** All vectors of an fvecs file. */
  public static float[][] readFloats(Path path) throws IOException {
    ByteBuffer bytes = read(path);
    float[][] vectors = new float[count(bytes, path)][];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = new float[bytes.getInt()];
      bytes.asFloatBuffer().get(vectors[i]);
      bytes.position(bytes.position() + vectors[i].length * Float.BYTES);
    }
    return vectors;
  }

  static int[][] readInts(Path path) throws IOException {
    ByteBuffer bytes = read(path);
    int[][] vectors = new int[count(bytes, path)][];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = new int[bytes.getInt()];
      bytes.asIntBuffer().get(vectors[i]);
      bytes.position(bytes.position() + vectors[i].length * Integer.BYTES);
    }
    return vectors;
  }

  private static ByteBuffer read(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path)) {
      return channel
          .map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
          .order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  private static int count(ByteBuffer bytes, Path path) {
    int stride = Integer.BYTES + bytes.getInt(0) * Float.BYTES;
    if (bytes.remaining() % stride != 0) {
      throw new IllegalArgumentException(path + " holds no whole number of vectors");
    }
    return bytes.remaining() / stride;
  }

  static void write(Path path, float[][] vectors) throws IOException {
    ByteBuffer bytes = buffer(vectors[0].length);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
      for (float[] vector : vectors) {
        bytes.putInt(0, vector.length);
        bytes
            .slice(4, bytes.capacity() - 4)
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer()
            .put(vector);
        out.write(bytes.array(), bytes.arrayOffset(), bytes.capacity());
      }
    }
  }

  static void write(Path path, int[][] vectors) throws IOException {
    ByteBuffer bytes = buffer(vectors[0].length);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
      for (int[] vector : vectors) {
        bytes.putInt(0, vector.length);
        bytes
            .slice(4, bytes.capacity() - 4)
            .order(ByteOrder.LITTLE_ENDIAN)
            .asIntBuffer()
            .put(vector);
        out.write(bytes.array(), bytes.arrayOffset(), bytes.capacity());
      }
    }
  }

  private static ByteBuffer buffer(int values) {
    return ByteBuffer.allocate(Integer.BYTES * (values + 1)).order(ByteOrder.LITTLE_ENDIAN);
  }
}
