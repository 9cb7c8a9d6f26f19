namespace Credence.Numerics;

/// <summary>A matrix in memory: element (i, j) is <c>Start[i·Row + j·Column]</c>.</summary>
internal readonly unsafe record struct Strided<T>(nint Address, nint Row, nint Column)
    where T : unmanaged
{
    /// <summary>The first element.</summary>
    public T* Start => (T*)Address;

    /// <summary>The transposed matrix.</summary>
    public Strided<T> Transposed => new(Address, Column, Row);

    /// <summary>The submatrix that begins at an element.</summary>
    public Strided<T> From(long i, long j) => new((nint)(Start + (i * Row) + (j * Column)), Row, Column);

    /// <summary>Copies a part to another matrix.</summary>
    public void CopyTo(Strided<T> to, int rows, int columns)
    {
        for (int i = 0; i < rows; i++)
        {
            T* source = From(i, 0).Start, target = to.From(i, 0).Start;
            if (Column == 1 && to.Column == 1)
            {
                new ReadOnlySpan<T>(source, columns).CopyTo(new Span<T>(target, columns));
                continue;
            }

            for (int j = 0; j < columns; j++)
                target[j * to.Column] = source[j * Column];
        }
    }
}
