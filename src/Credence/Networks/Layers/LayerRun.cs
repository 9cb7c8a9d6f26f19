using System.Numerics;

namespace Credence.Networks.Layers;

/// <summary>A layer over memory that is planned once.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="input">The shape of a row of its input.</param>
/// <param name="output">The shape of a row of its output.</param>
internal abstract class LayerRun<T>(LayerShape input, LayerShape output)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The shape of a row of its input.</summary>
    public LayerShape Input { get; } = input;

    /// <summary>The shape of a row of its output.</summary>
    public LayerShape Output { get; } = output;

    /// <summary>Takes new parameters over: packs them for products.</summary>
    /// <param name="parameters">All parameters of the network.</param>
    public virtual void Take(ReadOnlySpan<T> parameters)
    {
    }

    /// <summary>y = f(x) for the rows of a chunk.</summary>
    /// <param name="pass">The chunk.</param>
    /// <param name="x">[rows, input].</param>
    /// <param name="y">[rows, output], overwritten.</param>
    public abstract void Forward(in Pass<T> pass, ReadOnlySpan<T> x, Span<T> y);

    /// <summary>The gradient in the input, and the chunk's part of that in the parameters.</summary>
    /// <param name="pass">The chunk, as in the forward pass.</param>
    /// <param name="x">[rows, input].</param>
    /// <param name="y">[rows, output], as the forward pass left it.</param>
    /// <param name="dy">[rows, output]: the gradient in the output.</param>
    /// <param name="dx">[rows, input], overwritten; empty where nothing before the layer is trained.</param>
    public abstract void Backward(in Pass<T> pass, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx);

    /// <summary>The pieces of work of <see cref="WholeGradient"/>.</summary>
    public virtual int WholePieces => 0;

    /// <summary>A piece of the gradients that are computed of a whole batch.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="rows">The rows of the batch.</param>
    /// <param name="gradient">All gradients of the network; the piece's own are overwritten.</param>
    public virtual void WholeGradient(int piece, int rows, Span<T> gradient)
    {
    }

    /// <summary>The layers inside, of a layer that holds others.</summary>
    public virtual IEnumerable<LayerRun<T>> Inner => [];
}
