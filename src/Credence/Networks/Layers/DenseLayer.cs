using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Credence.Numerics;

namespace Credence.Networks.Layers;

/// <summary>y = x·W + b over all values of a row.</summary>
/// <param name="Units">The number of outputs.</param>
public sealed record DenseLayer(int Units) : NetworkLayer
{
    internal const string KindName = "dense";

    /// <summary>The deviation of the weights before training, times √inputs: √2 keeps the variance through a rectifier (K. He and others,
    /// Delving Deep into Rectifiers, 2015).</summary>
    public double Gain { get; init; } = 1.4142135623730951;

    /// <summary>Whether there is a bias.</summary>
    public bool HasBias { get; init; } = true;

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override string Description => $"dense, {Units} units";

    /// <inheritdoc/>
    public override LayerShape Output(LayerShape input) => Units > 0 ? LayerShape.Vector(Units)
        : throw new ArgumentException($"A dense layer of {Units} units is impossible.");

    internal override JsonObject Save() => new() { ["units"] = Units, ["bias"] = HasBias };

    internal override LayerRun<T> Create<T>(LayerShape input, RunSetting<T> setting) => new Run<T>(this, input, setting);

    /// <summary>The gradient in the weights is one product of all rows of a batch: for a chunk it would be as large as the weights and of
    /// few terms.</summary>
    private sealed unsafe class Run<T> : LayerRun<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        /// <summary>Rows of W in a piece of the gradient.</summary>
        private const int PieceRows = 96;

        private const int Beyond = 64;

        private readonly PackedMatrix<T> forward;
        private readonly PackedMatrix<T>? backward;
        private readonly ParameterBlock weights;
        private readonly ParameterBlock? bias;
        private readonly T[] biases, inputs, gradients;

        // An odd number of cache lines: rows a power of two apart would share few places of the cache.
        private readonly int stride, terms, units;

        public Run(DenseLayer layer, LayerShape input, RunSetting<T> setting)
            : base(input, layer.Output(input))
        {
            (terms, units) = (input.Size, layer.Units);
            stride = ((terms / 16) | 1) * 16;
            stride += stride < terms ? 32 : 0;
            weights = setting.Layout.AddWhole(checked(terms * units), ParameterRole.Weight, layer.Gain / Math.Sqrt(terms));
            bias = layer.HasBias ? setting.Layout.AddSummed(units, ParameterRole.Bias) : null;
            biases = new T[units];
            forward = new PackedMatrix<T>(terms, units);
            inputs = gradients = [];
            if (setting.IsTraining)
            {
                backward = new PackedMatrix<T>(units, terms);
                inputs = GC.AllocateArray<T>(checked((setting.BatchRows * stride) + Beyond), pinned: true);
                gradients = GC.AllocateArray<T>(checked((setting.BatchRows * units) + Beyond), pinned: true);
            }
        }

        public override int WholePieces => Chunks.Count(terms, PieceRows);

        public override void Take(ReadOnlySpan<T> parameters)
        {
            ReadOnlySpan<T> own = parameters.Slice(weights.Start, weights.Count);
            forward.Pack(own);
            backward?.Pack(own, isTransposed: true);
            if (bias is not null)
                parameters.Slice(bias.Start, bias.Count).CopyTo(biases);
        }

        public override void Forward(in Pass<T> pass, ReadOnlySpan<T> x, Span<T> y)
        {
            Channels.Repeat<T>(biases, y);
            fixed (T* from = x, to = y)
                forward.Multiply(new((nint)from, terms, 1), new((nint)to, units, 1), pass.Rows, accumulate: true);
        }

        public override void Backward(in Pass<T> pass, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
        {
            for (int row = 0; row < pass.Rows; row++)
                x.Slice(row * terms, terms).CopyTo(inputs.AsSpan((pass.First + row) * stride));

            dy.CopyTo(gradients.AsSpan(pass.First * units));
            if (bias is not null)
                Channels.Sum(dy, pass.Sums.Span.Slice(bias.Sums, units));

            if (!dx.IsEmpty)
            {
                fixed (T* from = dy, to = dx)
                    backward!.Multiply(new((nint)from, units, 1), new((nint)to, terms, 1), pass.Rows);
            }
        }

        public override void WholeGradient(int piece, int rows, Span<T> gradient)
        {
            int first = piece * PieceRows, count = Math.Min(PieceRows, terms - first);
            T* x = (T*)Marshal.UnsafeAddrOfPinnedArrayElement(inputs, first), dy = (T*)Marshal.UnsafeAddrOfPinnedArrayElement(gradients, 0);
            fixed (T* to = gradient.Slice(weights.Start + (first * units), count * units))
                OuterSums.Add(new((nint)x, 1, stride), dy, units, new Strided<T>((nint)to, units, 1), count, rows, units, false);
        }
    }
}
