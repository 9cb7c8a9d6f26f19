namespace Credence.Files.Media;

/// <summary>Resizes an image by a triangle filter as wide as the step between two new pixels, which averages where the image
/// shrinks and interpolates where it grows.</summary>
internal static class ImageResizing
{
    /// <summary>The resized image.</summary>
    /// <param name="pixels">[height, width, channels].</param>
    /// <param name="from">Height and width.</param>
    /// <param name="to">The target height and width.</param>
    /// <param name="channels">Values per pixel.</param>
    public static byte[] Resize(byte[] pixels, (int Height, int Width) from, (int Height, int Width) to, int channels)
    {
        if (from == to)
            return pixels;

        (int First, float[] Weights)[] across = Filter(from.Width, to.Width), down = Filter(from.Height, to.Height);
        int stride = to.Width * channels, firstRow = 0;
        var sums = new float[to.Height * stride];
        var narrowed = new float[stride];
        for (int y = 0; y < from.Height; y++)
        {
            Narrow(pixels.AsSpan(y * from.Width * channels, from.Width * channels), across, channels, narrowed);
            while (firstRow < to.Height && down[firstRow].First + down[firstRow].Weights.Length <= y)
                firstRow++;

            // The rows whose filter reaches this one.
            for (int row = firstRow; row < to.Height && down[row].First <= y; row++)
            {
                float weight = down[row].Weights[y - down[row].First];
                Span<float> into = sums.AsSpan(row * stride, stride);
                for (int x = 0; x < stride; x++)
                    into[x] += weight * narrowed[x];
            }
        }

        return Array.ConvertAll(sums, sum => (byte)Math.Clamp((int)(sum + 0.5f), 0, 255));
    }

    private static void Narrow(ReadOnlySpan<byte> row, (int First, float[] Weights)[] across, int channels, Span<float> narrowed)
    {
        for (int x = 0; x < across.Length; x++)
        {
            (int first, float[] weights) = across[x];
            for (int c = 0; c < channels; c++)
            {
                float sum = 0;
                for (int i = 0; i < weights.Length; i++)
                    sum += weights[i] * row[((first + i) * channels) + c];

                narrowed[(x * channels) + c] = sum;
            }
        }
    }

    /// <summary>For each new pixel the first source pixel, and the weights.</summary>
    private static (int First, float[] Weights)[] Filter(int from, int to)
    {
        double scale = (double)from / to, support = Math.Max(1, scale);
        var filter = new (int, float[])[to];
        for (int i = 0; i < to; i++)
        {
            double centre = ((i + 0.5) * scale) - 0.5;
            int first = Math.Max(0, (int)Math.Ceiling(centre - support)), last = Math.Min(from - 1, (int)Math.Floor(centre + support));
            double[] weights = [.. Enumerable.Range(first, last - first + 1)
                .Select(j => Math.Max(0, 1 - (Math.Abs(j - centre) / support)))];
            double sum = weights.Sum();
            filter[i] = (first, Array.ConvertAll(weights, weight => (float)(weight / sum)));
        }

        return filter;
    }
}
