using Credence.Files.Inputs;
using Credence.Files.Records;

namespace Credence.Files.Delimited;

/// <summary>Scores in text, whose first line may name the classes.</summary>
internal static class TextScores
{
    /// <summary>Reads the scores.</summary>
    public static ScoreTable Read(InputFile file, ReadOptions options)
    {
        DelimitedFile text = DelimitedFile.Guess(file, options, null);
        try
        {
            if (!text.IsNamed && options.HasHeader is null && BeginsWithNames(text))
                text = DelimitedFile.Guess(file, options with { HasHeader = true }, null);

            return RecordScores.Read(text, options);
        }
        catch (MisquotedException error)
        {
            return RecordScores.Read(text.WithoutQuotes() ?? throw new InvalidDataException(error.Message), options);
        }
    }

    /// <summary>Classes may be called 0, 1, 2: a first line that looks like scores is the header where a cell of it says "label".</summary>
    private static bool BeginsWithNames(DelimitedFile text)
    {
        using IRecords records = text.Open(mistrustQuotes: false);
        if (!records.Next())
            return false;

        for (int i = 0; i < text.Names.Count; i++)
        {
            if (records.Text(i).SequenceEqual("label"))
                return true;
        }

        return false;
    }
}
