package dev.siltstone.benchmarks.index;

import java.util.SplittableRandom;

/**
 * Unit vectors that gather in clusters, as embeddings of text do: points of a space of few
 * dimensions around cluster centres, carried into the wide space by a random linear map, with a
 * little noise in every direction. Equal seeds give equal vectors, whatever is drawn first.
 */
public final class ClusteredVectors {
  private static final int CLUSTERS = 100;
  private static final int LATENT = 24;
  private static final double SPREAD = 1.0;
  private static final double NOISE = 0.08;

  private final int dimension;
  private final long seed;
  private final float[][] map;
  private final float[][] centres;

  public ClusteredVectors(int dimension, long seed) {
    this.dimension = dimension;
    this.seed = seed;
    SplittableRandom random = new SplittableRandom(seed);
    this.map = gaussians(random, LATENT, dimension);
    this.centres = gaussians(random, CLUSTERS, LATENT);
  }

  private static float[][] gaussians(SplittableRandom random, int rows, int columns) {
    float[][] values = new float[rows][columns];
    for (float[] row : values) {
      for (int i = 0; i < columns; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    return values;
  }

  /** So many vectors of a stream; streams of one seed share their clusters and nothing else. */
  public float[][] draw(int stream, int count) {
    SplittableRandom random = new SplittableRandom(seed * 31 + stream + 1);
    float[][] vectors = new float[count][];
    for (int i = 0; i < count; i++) {
      vectors[i] = draw(random);
    }
    return vectors;
  }

  /** The next vector that this generator decides. */
  public float[] draw(SplittableRandom random) {
    float[] centre = centres[random.nextInt(CLUSTERS)];
    float[] vector = new float[dimension];
    for (int axis = 0; axis < LATENT; axis++) {
      float latent = (float) (centre[axis] + SPREAD * random.nextGaussian());
      float[] direction = map[axis];
      for (int i = 0; i < dimension; i++) {
        vector[i] += latent * direction[i];
      }
    }
    double scale = NOISE * Math.sqrt(LATENT);
    for (int i = 0; i < dimension; i++) {
      vector[i] += (float) (scale * random.nextGaussian());
    }
    return normalised(vector);
  }

  private static float[] normalised(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    float factor = (float) (1 / Math.sqrt(squares));
    for (int i = 0; i < vector.length; i++) {
      vector[i] *= factor;
    }
    return vector;
  }
}
