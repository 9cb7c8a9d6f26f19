using System.Numerics;
using System.Text.Json.Nodes;
using Credence.Numerics;

namespace Credence.Networks.Layers;

/// <summary>Puts features beside each number that a network can't easily form itself: x, and a few combinations of cos(2πwx + b) (D.
/// Holzmüller, L. Grinsztajn, I. Steinwart, Better by Default: RealMLP, 2024). Other values pass unchanged.</summary>
/// <param name="Numbers">How many of the first values are numbers.</param>
/// <param name="Waves">The cosines of each number.</param>
/// <param name="Combinations">The combinations of each number's cosines.</param>
public sealed record PeriodicLayer(int Numbers, int Waves, int Combinations) : NetworkLayer
{
    internal const string KindName = "periodic";

    /// <summary>The deviation of the frequencies before training.</summary>
    public double Spread { get; init; } = 0.1;

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override string Description => $"periodic, {Combinations} combinations of {Waves} waves for {Numbers} numbers";

    /// <inheritdoc/>
    public override LayerShape Output(LayerShape input) =>
        Numbers > 0 && Waves > 0 && Combinations > 0 && input.Places == 1 && Numbers <= input.Size
            ? LayerShape.Vector(checked(input.Size + (Numbers * Combinations)))
            : throw new ArgumentException($"{Numbers} numbers with {Waves} waves and {Combinations} combinations don't fit into {input}.");

    internal override JsonObject Save() => new() { ["numbers"] = Numbers, ["waves"] = Waves, ["combinations"] = Combinations };

    internal override LayerRun<T> Create<T>(LayerShape input, RunSetting<T> setting) => new Run<T>(this, input, setting);

    private sealed class Run<T> : LayerRun<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly int numbers, waves, combinations;
        private readonly ParameterBlock frequency, phase, weight, bias;
        private readonly T[] own;

        // For each member, of a chunk's rows: the cosines, and for the way back the sines.
        private readonly double[][] cosines, sines;

        public Run(PeriodicLayer layer, LayerShape input, RunSetting<T> setting)
            : base(input, layer.Output(input))
        {
            const double Slower = 0.1;
            (numbers, waves, combinations) = (layer.Numbers, layer.Waves, layer.Combinations);
            ParameterLayout layout = setting.Layout;
            frequency = layout.AddSummed(numbers * waves, ParameterRole.Bias, deviation: layer.Spread, rateFactor: Slower);
            phase = layout.AddUniform(numbers * waves, ParameterRole.Bias, Math.PI, Slower);
            weight = layout.AddSummed(
                numbers * waves * combinations, ParameterRole.Bias, deviation: 1 / Math.Sqrt(waves), rateFactor: Slower);
            bias = layout.AddSummed(numbers * combinations, ParameterRole.Bias, rateFactor: Slower);
            own = new T[layout.Count - frequency.Start];
            int angles = setting.ChunkRows * numbers * waves;
            cosines = [.. Enumerable.Range(0, setting.Members).Select(_ => new double[angles])];
            sines = [.. Enumerable.Range(0, setting.Members).Select(_ => new double[setting.IsTraining ? angles : 0])];
        }

        public override void Take(ReadOnlySpan<T> parameters) => parameters.Slice(frequency.Start, own.Length).CopyTo(own);

        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> x, Span<T> y)
        {
            int angles = numbers * waves, outputs = numbers * combinations, rest = Input.Size - numbers;
            Span<double> turns = cosines[pass.Member].AsSpan(0, pass.Rows * angles);
            ReadOnlySpan<T> w = Of(frequency), b = Of(phase), v = Of(weight), d = Of(bias);
            for (int row = 0; row < pass.Rows; row++)
            {
                for (int i = 0; i < angles; i++)
                    turns[(row * angles) + i] = double.CreateTruncating((T.Tau * w[i] * x[(row * Input.Size) + (i / waves)]) + b[i]);
            }

            if (sines[pass.Member].Length > 0)
                WaveMaps.Sine(turns, sines[pass.Member]);

            WaveMaps.Cosine(turns, turns);
            for (int row = 0; row < pass.Rows; row++)
            {
                ReadOnlySpan<T> from = x.Slice(row * Input.Size, Input.Size);
                Span<T> to = y.Slice(row * Output.Size, Output.Size);
                from[..numbers].CopyTo(to);
                d.CopyTo(to[numbers..]);
                for (int i = 0; i < angles; i++)
                {
                    T cosine = T.CreateTruncating(turns[(row * angles) + i]);
                    for (int m = 0; m < combinations; m++)
                        to[numbers + (i / waves * combinations) + m] += cosine * v[(i * combinations) + m];
                }

                from[numbers..].CopyTo(to[(numbers + outputs)..]);
            }
        }

        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
        {
            int angles = numbers * waves, outputs = numbers * combinations;
            ReadOnlySpan<T> w = Of(frequency), v = Of(weight);
            Span<T> sums = pass.Sums.Span;
            Span<T> ofW = sums.Slice(frequency.Sums, angles), ofB = sums.Slice(phase.Sums, angles);
            Span<T> ofV = sums.Slice(weight.Sums, angles * combinations), ofD = sums.Slice(bias.Sums, outputs);
            ofW.Clear();
            ofB.Clear();
            ofV.Clear();
            ofD.Clear();
            for (int row = 0; row < pass.Rows; row++)
            {
                ReadOnlySpan<T> from = x.Slice(row * Input.Size, Input.Size), gradient = dy.Slice(row * Output.Size, Output.Size);
                Span<T> before = dx.IsEmpty ? dx : dx.Slice(row * Input.Size, Input.Size);
                if (!before.IsEmpty)
                {
                    gradient[..numbers].CopyTo(before);
                    gradient[(numbers + outputs)..].CopyTo(before[numbers..]);
                }

                for (int i = 0; i < outputs; i++)
                    ofD[i] += gradient[numbers + i];

                for (int i = 0; i < angles; i++)
                {
                    int number = i / waves, at = (row * angles) + i;
                    T cosine = T.CreateTruncating(cosines[pass.Member][at]), back = T.Zero;
                    for (int m = 0; m < combinations; m++)
                    {
                        T g = gradient[numbers + (number * combinations) + m];
                        ofV[(i * combinations) + m] += cosine * g;
                        back += g * v[(i * combinations) + m];
                    }

                    // The derivative in the angle.
                    back *= -T.CreateTruncating(sines[pass.Member][at]);
                    ofB[i] += back;
                    ofW[i] += back * T.Tau * from[number];
                    if (!before.IsEmpty)
                        before[number] += back * T.Tau * w[i];
                }
            }
        }

        private ReadOnlySpan<T> Of(ParameterBlock block) => own.AsSpan(block.Start - frequency.Start, block.Count);
    }
}
