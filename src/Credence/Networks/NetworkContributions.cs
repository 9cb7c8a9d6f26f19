using Credence.LogitModels;
using Credence.Networks.Layers;

namespace Credence.Networks;

/// <summary>Integrated gradients: the mean gradient on the straight way from the row of zeros to a row, times the row.</summary>
internal static class NetworkContributions
{
    private const int Steps = 64, ChunkRows = 16;

    /// <summary>The terms of the features that are not 0, and the difference at the row of zeros.</summary>
    public static LogitContributions Compute(
        Network network, NetworkInputs inputs, float[] parameters, ReadOnlySpan<float> row, int label, int against)
    {
        NetworkRun<double> run = network.Run<double>(1, ChunkRows, ChunkRows, isTraining: true);
        run.Stack.Take([.. parameters.Select(value => (double)value)]);
        int size = network.Input.Size, classes = run.Stack.Output.Size;
        double[] x = new double[ChunkRows * size], dx = new double[x.Length];
        double[] z = new double[ChunkRows * classes], dz = new double[z.Length], sums = new double[run.Layout.Sums];
        float[] input = new float[size], features = new float[row.Length];
        for (int i = 0; i < ChunkRows; i++)
        {
            dz[(i * classes) + label] += 1;
            dz[(i * classes) + against] -= 1;
        }

        double start = Difference(0, row), end = Difference(1, row);
        var slopes = new double[row.Length];
        for (int first = 0; first < Steps; first += ChunkRows)
        {
            for (int i = 0; i < ChunkRows; i++)
                Place(i, (first + i + 0.5) / Steps, row);

            var pass = new Pass<double>(0, 0, 0, ChunkRows, null, sums);
            run.Stack.Forward(pass, x, z);
            run.Stack.Backward(pass, x, z, dz, dx);
            for (int i = 0; i < ChunkRows; i++)
            {
                Scale(row, (first + i + 0.5) / Steps, features);
                inputs.AddGradient(features, dx.AsSpan(i * size, size), slopes);
            }
        }

        var terms = new List<(int Feature, float Value, double LogOdds)>();
        for (int j = 0; j < slopes.Length; j++)
        {
            if (row[j] != 0)
                terms.Add((j, row[j], slopes[j] / Steps * row[j]));
        }

        // The sum over steps is not quite the integral: what is left is shared out by size.
        double found = terms.Sum(term => term.LogOdds), rest = end - start - found, whole = terms.Sum(term => Math.Abs(term.LogOdds));
        return new LogitContributions(
            whole > 0 ? start : end,
            [.. terms.Select(term => (term.Feature, term.Value, term.LogOdds + (whole > 0 ? rest * Math.Abs(term.LogOdds) / whole : 0)))]);

        double Difference(double share, ReadOnlySpan<float> of)
        {
            Place(0, share, of);
            run.Score(0, x.AsSpan(0, size), 1, z.AsSpan(0, classes));
            return z[label] - z[against];
        }

        void Place(int at, double share, ReadOnlySpan<float> of)
        {
            Scale(of, share, features);
            inputs.Fill(features, input);
            for (int j = 0; j < size; j++)
                x[(at * size) + j] = input[j];
        }
    }

    private static void Scale(ReadOnlySpan<float> row, double share, Span<float> scaled)
    {
        for (int j = 0; j < row.Length; j++)
            scaled[j] = (float)(share * row[j]);
    }
}
