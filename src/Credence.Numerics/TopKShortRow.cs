using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Credence.Numerics;

/// <summary>The k largest of rows that fit one vector: each element's rank is counted, without a branch.</summary>
internal static unsafe class TopKShortRow<T, TKey>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TKey : unmanaged, IBinaryInteger<TKey>, IMinMaxValue<TKey>
{
    /// <summary>Rows of at most so many classes as a vector has lanes.</summary>
    [SkipLocalsInit]
    public static void Run(T* x, int rows, int classes, int count, int* labels, T* values)
    {
        int width = Vector512<T>.Count;
        TKey* keys = stackalloc TKey[width], ranks = stackalloc TKey[width];
        T* sorted = stackalloc T[width];
        int* order = stackalloc int[width];
        Vector512<T> inside = Lanes.Mask<T>(classes), nothing = Vector512.Create(T.NaN);
        T* end = x + ((nint)rows * classes);
        for (; x < end; x += classes, labels += count, values += count)
        {
            // A whole vector where the next row can be read as well.
            Vector512<T> v = x + width <= end
                ? Vector512.ConditionalSelect(inside, Vector512.Load(x), nothing)
                : Lanes.LoadPart(x, classes, T.NaN);
            Vector512<TKey> key = Key(v), rank = Vector512<TKey>.Zero;
            key.Store(keys);
            for (int j = 0; j < classes; j++)
            {
                // An equal element counts where it stands before.
                Vector512<TKey> one = Vector512.AndNot(Vector512<TKey>.One, Lanes.Mask<TKey>(j + 1));
                rank -= Vector512.GreaterThan(Vector512.Create(keys[j]), key - one);
            }

            rank.Store(ranks);
            for (int j = 0; j < classes; j++)
            {
                int place = int.CreateTruncating(ranks[j]);
                sorted[place] = x[j];
                order[place] = j;
            }

            for (int i = 0; i < count; i++)
            {
                values[i] = sorted[i];
                labels[i] = order[i];
            }
        }
    }

    /// <summary>Whole numbers in the order of the numbers, −0 like 0 and NaN below all, that can be lessened by 1.</summary>
    private static Vector512<TKey> Key(Vector512<T> v)
    {
        Vector512<TKey> bits = (v + Vector512<T>.Zero).As<T, TKey>();
        bits ^= (bits >> ((8 * sizeof(T)) - 1)) & Vector512.Create(TKey.MaxValue);
        return Vector512.ConditionalSelect(Vector512.Equals(v, v).As<T, TKey>(), bits, Vector512.Create(TKey.MinValue + TKey.One));
    }
}
