namespace Credence.Cli.Options;

/// <summary>The headings that help lists options under, in the order it gives them.</summary>
internal enum HelpHeading
{
    /// <summary>What most people need; an option without a heading stands here.</summary>
    Options,

    /// <summary>How a file is decoded and cut into cells.</summary>
    Reading,

    /// <summary>Which columns are what, and where labels come from.</summary>
    Columns,

    /// <summary>Which rows are evaluated on.</summary>
    Evaluation,

    /// <summary>What is fitted.</summary>
    Model,

    /// <summary>How it is calibrated, and its prediction sets.</summary>
    Calibration,

    /// <summary>When to answer, and what is known of future rows.</summary>
    Decisions,

    /// <summary>Training from disk.</summary>
    Streaming,

    /// <summary>What every command has.</summary>
    General,
}
