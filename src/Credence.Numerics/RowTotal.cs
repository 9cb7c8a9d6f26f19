using System.Numerics;

namespace Credence.Numerics;

/// <summary>The sum of a row's exponentials as it grows, piece by piece, each piece shifted by its own maximum.</summary>
internal struct RowTotal<T>(T scale)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T scale = scale;

    /// <summary>The largest element so far; −∞ before the first.</summary>
    public T Max { get; private set; } = T.NegativeInfinity;

    /// <summary>N of the largest element.</summary>
    public T Shift { get; private set; }

    /// <summary>The base of the largest element.</summary>
    public T Base { get; private set; }

    /// <summary>The sum, shifted as by the largest element; NaN where one is NaN or +∞.</summary>
    public double Sum { get; private set; }

    /// <summary>Adds a piece. The order of pieces is part of the result.</summary>
    public void Add(in RowPiece<T> piece)
    {
        if (!(piece.Max > Max))
        {
            // Also where its maximum is −∞ or NaN: its sum is then 0 or NaN.
            Sum += piece.Max == T.NegativeInfinity || Max == T.NegativeInfinity ? piece.Sum : piece.Sum * Ratio(piece.Base, piece.Shift, Base, Shift);
            return;
        }

        Sum = (Max == T.NegativeInfinity ? Sum : Sum * Ratio(Base, Shift, piece.Base, piece.Shift)) + piece.Sum;
        (Max, Shift, Base) = (piece.Max, piece.Shift, piece.Base);
    }

    // The bases are 0 or large: where they are equal the ratio is a power of two, and exact.
    private readonly double Ratio(T fromBase, T fromShift, T toBase, T toShift)
    {
        double power = Math.ScaleB(1, int.CreateTruncating(fromShift - toShift));
        return fromBase == toBase
            ? power
            : power * Exp.Compute((double.CreateTruncating(fromBase) - double.CreateTruncating(toBase)) * double.CreateTruncating(scale));
    }
}

/// <summary>The sum of a piece's exponentials.</summary>
internal readonly record struct RowPiece<T>(T Max, T Shift, T Base, double Sum);
