namespace Credence.Numerics;

/// <summary>
/// A vector of <see cref="Count"/> floats or doubles of any width. Kernels are written once with it and compiled for each
/// width. Every operation gives each lane the same bits on every width.
/// </summary>
/// <remarks>The bits of a NaN are unspecified, and so is the result of the native maximum and minimum when an operand is NaN.</remarks>
internal unsafe interface ILanes<TSelf, T>
    where TSelf : struct, ILanes<TSelf, T>
    where T : unmanaged
{
    /// <summary>The number of lanes.</summary>
    static abstract int Count { get; }

    /// <summary>The first lane.</summary>
    T First { get; }

    /// <summary>The value in every lane.</summary>
    static abstract TSelf Create(T value);

    /// <summary>The double, rounded to <typeparamref name="T"/>, in every lane.</summary>
    static abstract TSelf Constant(double value);

    /// <summary>The bits in every lane; a float takes the lower 32.</summary>
    static abstract TSelf FromBits(long bits);

    /// <summary>One number from memory in every lane.</summary>
    static abstract TSelf Broadcast(T* from);

    /// <summary>The lanes from memory.</summary>
    static abstract TSelf Load(T* from);

    /// <summary>The first <paramref name="count"/> lanes from memory, the others set to the fill value; nothing beyond is read.</summary>
    static abstract TSelf LoadPart(T* from, int count, T fill);

    /// <summary>The lanes to memory.</summary>
    void Store(T* to);

    /// <summary>The first <paramref name="count"/> lanes to memory; nothing beyond is written.</summary>
    void StorePart(T* to, int count);

    /// <summary>All bits set in the first <paramref name="count"/> lanes, none in the others.</summary>
    static abstract TSelf FirstLanes(int count);

    static abstract TSelf operator +(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a, TSelf b);

    static abstract TSelf operator *(TSelf a, TSelf b);

    static abstract TSelf operator /(TSelf a, TSelf b);

    /// <summary>Bit by bit.</summary>
    static abstract TSelf operator &(TSelf a, TSelf b);

    /// <summary>Bit by bit.</summary>
    static abstract TSelf operator |(TSelf a, TSelf b);

    /// <summary>Bit by bit.</summary>
    static abstract TSelf operator ^(TSelf a, TSelf b);

    /// <summary>The bits of <paramref name="a"/> that are not in <paramref name="mask"/>.</summary>
    static abstract TSelf AndNot(TSelf a, TSelf mask);

    /// <summary>a·b + c with one rounding.</summary>
    static abstract TSelf Fma(TSelf a, TSelf b, TSelf c);

    /// <summary>
    /// sum = a·b + sum with one rounding, in place: returning the result costs a register move, a fifth of a product's speed.
    /// </summary>
    static abstract void AddProduct(ref TSelf sum, TSelf a, TSelf b);

    /// <summary>The square root.</summary>
    static abstract TSelf Sqrt(TSelf a);

    /// <summary>The larger, by the native instruction.</summary>
    static abstract TSelf Max(TSelf a, TSelf b);

    /// <summary>The smaller, by the native instruction.</summary>
    static abstract TSelf Min(TSelf a, TSelf b);

    /// <summary>All bits set where a &lt; b; none with a NaN.</summary>
    static abstract TSelf LessThan(TSelf a, TSelf b);

    /// <summary>All bits set where a = b; none with a NaN.</summary>
    static abstract TSelf Equal(TSelf a, TSelf b);

    /// <summary><paramref name="a"/> where the mask's bits are set, elsewhere <paramref name="b"/>.</summary>
    static abstract TSelf Select(TSelf mask, TSelf a, TSelf b);

    /// <summary>The bits added as integers.</summary>
    static abstract TSelf AddBits(TSelf a, TSelf b);

    /// <summary>The bits shifted left, filled with zeros.</summary>
    static abstract TSelf ShiftLeft(TSelf a, int by);

    /// <summary>The bits shifted right, filled with zeros.</summary>
    static abstract TSelf ShiftRight(TSelf a, int by);

    /// <summary>All bits set where the bits of <paramref name="a"/> are larger as a signed integer.</summary>
    static abstract TSelf BitsAbove(TSelf a, TSelf b);

    /// <summary>The sign of each lane as a bit, the first lane's lowest.</summary>
    static abstract uint Signs(TSelf a);

    /// <summary>Whether any lane's bits are larger than the other's as a signed integer.</summary>
    static abstract bool AnyBitsAbove(TSelf a, TSelf b);

    /// <summary>
    /// The sum over the lanes in every lane: lane l + l+8, that + l+4, that + l+2, that + l+1, beginning with the vector's width.
    /// </summary>
    static abstract TSelf SumAcross(TSelf v);

    /// <summary>The largest lane in every lane.</summary>
    static abstract TSelf MaxAcross(TSelf v);

    /// <summary>Adds the lanes to doubles in memory, one each; of 16 lanes the upper half is added to the lower half first.</summary>
    static abstract void AddTo(double* sums, TSelf v);

    /// <summary>
    /// The sums of whole pieces of 4·<see cref="Lanes.Wide"/> elements: each lane adds its four, the upper 8 of 16 float lanes are added to
    /// the lower, and these
    /// are kept in double, in registers where possible: a sum in memory takes a dozen cycles per piece.
    /// </summary>
    /// <param name="sums">Eight sums, overwritten.</param>
    /// <param name="x">The elements.</param>
    /// <param name="count">The number of elements: a multiple of a piece, or 0.</param>
    static abstract void SumPieces(double* sums, T* x, int count);
}
