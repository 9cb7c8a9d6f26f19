using Credence.Files.Inputs;

namespace Credence.Files.Records;

/// <summary>A file of records: what its columns are called, and how to go through it, more than once where it can be.</summary>
internal interface IRecordFile
{
    /// <summary>The file.</summary>
    InputFile Input { get; }

    /// <summary>The columns' names, all different.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Whether the file itself names its columns; otherwise they are called after their positions.</summary>
    bool IsNamed { get; }

    /// <summary>Whether each record must have exactly the columns of <see cref="Names"/>.</summary>
    bool IsRectangular { get; }

    /// <summary>What the file is, in a few words.</summary>
    string Description { get; }

    /// <summary>What was detected, a line each.</summary>
    IReadOnlyList<string> Notes { get; }

    /// <summary>Goes through the records from the first.</summary>
    /// <param name="mistrustQuotes">Whether quotes that swallow whole lines are an error.</param>
    /// <exception cref="MisquotedException">Quotes don't open and close as they should; while reading, too.</exception>
    IRecords Open(bool mistrustQuotes);

    /// <summary>The same file with quotes as ordinary characters, or null where it was said how quotes are meant, or there are none.</summary>
    IRecordFile? WithoutQuotes();
}
