using Credence.Files.Inputs;

namespace Credence.Files.Records;

/// <summary>A file of records: the names of its columns, and a way to read it, repeatedly where possible.</summary>
internal interface IRecordFile
{
    /// <summary>The file.</summary>
    InputFile Input { get; }

    /// <summary>The columns' names, all different.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Whether the file itself names its columns; otherwise they are named by their positions.</summary>
    bool IsNamed { get; }

    /// <summary>Whether each record must have exactly the columns of <see cref="Names"/>.</summary>
    bool IsRectangular { get; }

    /// <summary>A short description of the file.</summary>
    string Description { get; }

    /// <summary>What was detected, one line each.</summary>
    IReadOnlyList<string> Notes { get; }

    /// <summary>Reads the records from the first.</summary>
    /// <param name="mistrustQuotes">Whether quotes that enclose whole lines are an error.</param>
    /// <exception cref="MisquotedException">Quotes are unbalanced; also thrown while reading.</exception>
    IRecords Open(bool mistrustQuotes);

    /// <summary>The same file with quotes as ordinary characters, or null where the options state the quotes, or there are none.</summary>
    IRecordFile? WithoutQuotes();
}
