namespace Credence.Cli.Options;

/// <summary>The headings that help lists options under, in the order it gives them.</summary>
internal enum HelpHeading
{
    /// <summary>The most common options, and those without a heading.</summary>
    Options,

    /// <summary>How a file is decoded and split into cells.</summary>
    Reading,

    /// <summary>The roles of columns, and the source of the labels.</summary>
    Columns,

    /// <summary>The rows for evaluation.</summary>
    Evaluation,

    /// <summary>The model.</summary>
    Model,

    /// <summary>The calibrator and the prediction sets.</summary>
    Calibration,

    /// <summary>Decisions and distribution shift.</summary>
    Decisions,

    /// <summary>Training from disk.</summary>
    Streaming,

    /// <summary>The options of every command.</summary>
    General,
}
