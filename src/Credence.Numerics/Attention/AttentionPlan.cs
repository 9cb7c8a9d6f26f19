using System.Numerics;

namespace Credence.Numerics;

/// <summary>Checks attention's arguments and chooses the registers.</summary>
internal static unsafe class AttentionPlan
{
    /// <summary>The forward pass.</summary>
    public static void Forward<T>(
        ReadOnlySpan<T> queries, ReadOnlySpan<T> keys, ReadOnlySpan<T> values, Span<T> output, AttentionShape shape,
            ReadOnlySpan<bool> keyMask,
        Span<T> logSumExp, int maxThreads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckInputs(queries, keys, values, shape, keyMask);
        Shape.Exactly(output.Length, (long)shape.Heads * shape.Queries * shape.Depth, nameof(output));
        if (!logSumExp.IsEmpty)
            Shape.Exactly(logSumExp.Length, (long)shape.Heads * shape.Queries, nameof(logSumExp));
        ApartFromAll(output, nameof(output), queries, keys, values, logSumExp);
        ApartFromAll(logSumExp, nameof(logSumExp), queries, keys, values);
        maxThreads = Chunks.Threads(maxThreads);
        fixed (bool* mask = keyMask)
        {
            fixed (T* q = queries, k = keys, v = values, y = output, lse = logSumExp)
            {
                switch (LaneWidth.Bits)
                {
                    case 512: new AttentionForward<Lanes512<T>, T>(shape, q, k, v, mask, y, lse).Run(maxThreads); break;
                    case 256: new AttentionForward<Lanes256<T>, T>(shape, q, k, v, mask, y, lse).Run(maxThreads); break;
                    case 128: new AttentionForward<Lanes128<T>, T>(shape, q, k, v, mask, y, lse).Run(maxThreads); break;
                    default: new AttentionForward<OneLane<T>, T>(shape, q, k, v, mask, y, lse).Run(maxThreads); break;
                }
            }
        }
    }

    /// <summary>The backward pass.</summary>
    public static void Backward<T>(
        ReadOnlySpan<T> queries, ReadOnlySpan<T> keys, ReadOnlySpan<T> values, ReadOnlySpan<T> output, ReadOnlySpan<T> logSumExp,
        ReadOnlySpan<T> outputGradient, Span<T> queryGradient, Span<T> keyGradient, Span<T> valueGradient, AttentionShape shape,
        ReadOnlySpan<bool> keyMask, int maxThreads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckInputs(queries, keys, values, shape, keyMask);
        Shape.Exactly(output.Length, queries.Length, nameof(output));
        Shape.Exactly(logSumExp.Length, (long)shape.Heads * shape.Queries, nameof(logSumExp));
        Shape.Exactly(outputGradient.Length, queries.Length, nameof(outputGradient));
        Shape.Exactly(queryGradient.Length, queries.Length, nameof(queryGradient));
        Shape.Exactly(keyGradient.Length, keys.Length, nameof(keyGradient));
        Shape.Exactly(valueGradient.Length, keys.Length, nameof(valueGradient));
        ApartFromAll(queryGradient, nameof(queryGradient), queries, keys, values, output, logSumExp, outputGradient, keyGradient,
            valueGradient);
        ApartFromAll(keyGradient, nameof(keyGradient), queries, keys, values, output, logSumExp, outputGradient, valueGradient);
        ApartFromAll(valueGradient, nameof(valueGradient), queries, keys, values, output, logSumExp, outputGradient);
        maxThreads = Chunks.Threads(maxThreads);
        fixed (bool* mask = keyMask)
        {
            fixed (T* q = queries, k = keys, v = values, y = output, lse = logSumExp, dy = outputGradient, dq = queryGradient,
                dk = keyGradient, dv = valueGradient)
            {
                var x = new AttentionInputs<T>(q, k, v, mask, y, lse, dy);
                switch (LaneWidth.Bits)
                {
                    case 512: new AttentionBackward<Lanes512<T>, T>(shape, x, dq, dk, dv).Run(maxThreads); break;
                    case 256: new AttentionBackward<Lanes256<T>, T>(shape, x, dq, dk, dv).Run(maxThreads); break;
                    case 128: new AttentionBackward<Lanes128<T>, T>(shape, x, dq, dk, dv).Run(maxThreads); break;
                    default: new AttentionBackward<OneLane<T>, T>(shape, x, dq, dk, dv).Run(maxThreads); break;
                }
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

    private static void ApartFromAll<T>(
        ReadOnlySpan<T> output, string name, ReadOnlySpan<T> first, ReadOnlySpan<T> second, ReadOnlySpan<T> third,
            ReadOnlySpan<T> fourth = default,
        ReadOnlySpan<T> fifth = default, ReadOnlySpan<T> sixth = default, ReadOnlySpan<T> seventh = default,
            ReadOnlySpan<T> eighth = default)
    {
        Shape.Apart(first, output, name);
        Shape.Apart(second, output, name);
        Shape.Apart(third, output, name);
        Shape.Apart(fourth, output, name);
        Shape.Apart(fifth, output, name);
        Shape.Apart(sixth, output, name);
        Shape.Apart(seventh, output, name);
        Shape.Apart(eighth, output, name);
    }
}
