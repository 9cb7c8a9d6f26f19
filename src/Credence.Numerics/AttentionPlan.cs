using System.Numerics;
using System.Runtime.Intrinsics;

namespace Credence.Numerics;

/// <summary>Checks attention's arguments and chooses the registers.</summary>
internal static unsafe class AttentionPlan
{
    /// <summary>The forward pass.</summary>
    public static void Forward<T>(
        ReadOnlySpan<T> queries, ReadOnlySpan<T> keys, ReadOnlySpan<T> values, Span<T> output, AttentionShape shape, ReadOnlySpan<bool> keyMask,
        Span<T> logSumExp, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckInputs(queries, keys, values, shape, keyMask);
        Shape.Exactly(output.Length, (long)shape.Heads * shape.Queries * shape.Depth, nameof(output));
        if (!logSumExp.IsEmpty)
            Shape.Exactly(logSumExp.Length, (long)shape.Heads * shape.Queries, nameof(logSumExp));
        Apart(queries, keys, values, output, nameof(output));
        Apart(queries, keys, values, logSumExp, nameof(logSumExp));
        Shape.Apart<T>(output, logSumExp, nameof(logSumExp));
        threads = Chunks.Threads(threads);
        fixed (bool* mask = keyMask)
        {
            fixed (T* q = queries, k = keys, v = values, y = output, lse = logSumExp)
            {
                if (Vector512.IsHardwareAccelerated)
                    new AttentionForward<T, Vector512<T>, Vectors512<T>>(shape, q, k, v, mask, y, lse).Run(threads);
                else if (Vector256.IsHardwareAccelerated)
                    new AttentionForward<T, Vector256<T>, Vectors256<T>>(shape, q, k, v, mask, y, lse).Run(threads);
                else if (Vector128.IsHardwareAccelerated)
                    new AttentionForward<T, Vector128<T>, Vectors128<T>>(shape, q, k, v, mask, y, lse).Run(threads);
                else
                    new AttentionForward<T, T, Scalars<T>>(shape, q, k, v, mask, y, lse).Run(threads);
            }
        }
    }

    private static void CheckInputs<T>(
        ReadOnlySpan<T> queries, ReadOnlySpan<T> keys, ReadOnlySpan<T> values, AttentionShape shape, ReadOnlySpan<bool> keyMask)
    {
        shape.Check();
        Shape.Exactly(queries.Length, (long)shape.Heads * shape.Queries * shape.Depth, nameof(queries));
        Shape.Exactly(keys.Length, (long)shape.Heads * shape.Keys * shape.Depth, nameof(keys));
        Shape.Exactly(values.Length, (long)shape.Heads * shape.Keys * shape.Depth, nameof(values));
        if (!keyMask.IsEmpty)
            Shape.Exactly(keyMask.Length, shape.Keys, nameof(keyMask));
    }

    private static void Apart<T>(ReadOnlySpan<T> queries, ReadOnlySpan<T> keys, ReadOnlySpan<T> values, ReadOnlySpan<T> output, string name)
    {
        Shape.Apart(queries, output, name);
        Shape.Apart(keys, output, name);
        Shape.Apart(values, output, name);
    }
}
