using Credence.Features.Matrices;
using Credence.Numerics;

namespace Credence.Features.Text;

/// <summary>The features of one kind of n-gram: (1 + ln count) · idf, the block scaled to a fixed norm. Immutable.</summary>
/// <param name="reader">Finds the n-grams.</param>
/// <param name="vocabulary">The n-grams that are features.</param>
/// <param name="norm">The Euclidean norm of a row's block; the block is 0 where a text has none of the n-grams.</param>
internal sealed class GramBlock(IGramReader reader, Vocabulary vocabulary, double norm)
{
    /// <summary>The n-grams that are features.</summary>
    public Vocabulary Vocabulary => vocabulary;

    /// <summary>The Euclidean norm of a row's block.</summary>
    public double Norm => norm;

    /// <summary>The features' names.</summary>
    public IEnumerable<string> Names => Enumerable.Range(0, vocabulary.Count).Select(number => reader.Describe(vocabulary[number]));

    /// <summary>Writes the features of a text.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="output">The row to write to.</param>
    /// <param name="offset">The feature index of the vocabulary's first n-gram.</param>
    public void Write(ReadOnlySpan<byte> utf8, FeatureRow output, int offset)
    {
        GramScratch scratch = GramScratch.Take();
        GramList list = scratch.List;
        reader.Read(utf8, list);
        (int[] found, double[] weights) = scratch.Arrays(list.Count);
        int count = 0;
        foreach (ref readonly Gram gram in list.Grams)
        {
            int number = vocabulary.Find(list.Bytes(gram), gram.Hash);
            if (number >= 0)
                found[count++] = number;
        }

        count = Weigh(found.AsSpan(0, count), weights, out double length);
        for (int i = 0; i < count; i++)
            output.Set(offset + found[i], (float)(weights[i] * (norm / length)));

        scratch.Return();
    }

    /// <summary>Compacts the numbers to distinct, increasing ones at the front, each with its weight.</summary>
    /// <returns>The number of distinct ones.</returns>
    private int Weigh(Span<int> numbers, double[] weights, out double length)
    {
        numbers.Sort();
        int distinct = 0;
        double squares = 0;
        for (int i = 0; i < numbers.Length;)
        {
            int number = numbers[i], first = i;
            while (i < numbers.Length && numbers[i] == number)
                i++;

            double weight = vocabulary.Idf(number);
            if (i - first > 1)
                weight *= 1 + Log.Compute((double)(i - first));

            numbers[distinct] = number;
            weights[distinct++] = weight;
            squares += weight * weight;
        }

        length = Math.Sqrt(squares);
        return distinct;
    }
}
