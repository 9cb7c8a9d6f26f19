namespace Credence.Data.Splits;

/// <summary>Notes on a split for the user.</summary>
internal static class SplitNotes
{
    private const int MostNames = 5;

    /// <summary>Notes on duplicates, and on classes that are absent from the training or the test rows.</summary>
    public static IEnumerable<string> Of(DataSet data, Split split)
    {
        if (split.Duplicates > 0)
        {
            int across = Across(data, split);
            yield return $"{split.Duplicates} of {data.Rows} rows repeat an earlier row in every column: "
                + (across == 0 ? "equal rows are on one side" : $"{across} test rows equal a training row");
        }

        if (data.Labels is not { } labels)
            yield break;

        int[] all = labels.Counts(), train = labels.Select(split.Train).Counts(), test = labels.Select(split.Test).Counts();
        string[] single = [.. labels.Names.Where((_, k) => all[k] == 1 && test[k] == 0)];
        string[] unmeasured = [.. labels.Names.Where((_, k) => all[k] > 1 && test[k] == 0)];
        string[] unlearned = [.. labels.Names.Where((_, k) => all[k] > 0 && train[k] == 0)];
        if (single.Length > 0)
            yield return $"{Listed(single)} one row only, which is trained on: nothing is measured there";

        if (unmeasured.Length > 0)
            yield return $"{Listed(unmeasured)} no test row: nothing is measured there";

        if (unlearned.Length > 0)
            yield return $"{Listed(unlearned)} no training row: no model can learn it";
    }

    private static int Across(DataSet data, Split split)
    {
        ulong[] hashes = RowHash.Compute(data.Features);
        HashSet<ulong> train = [.. split.Train.Select(row => hashes[row])];
        return split.Test.Count(row => train.Contains(hashes[row]));
    }

    private static string Listed(string[] names) => names.Length == 1
        ? $"class '{names[0]}' has"
        : $"{names.Length} classes ({string.Join(", "
            + $"", names.Take(MostNames).Select(name => $"'{name}'"))}{(names.Length > MostNames ? ", …" : "")}) have";
}
