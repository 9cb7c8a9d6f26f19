using System.Collections.Concurrent;
using System.CommandLine;
using System.CommandLine.Help;

namespace Credence.Cli.Options;

/// <summary>The heading under which help lists an option, set where the option is defined.</summary>
internal static class HelpHeadings
{
    private static readonly ConcurrentDictionary<Option, HelpHeading> Given = [];

    /// <summary>Sets the heading of an option.</summary>
    public static T Under<T>(this T option, HelpHeading heading)
        where T : Option
    {
        Given[option] = heading;
        return option;
    }

    /// <summary>The heading of an option.</summary>
    public static HelpHeading Of(Option option) =>
        option is HelpOption or VersionOption ? HelpHeading.General : Given.GetValueOrDefault(option, HelpHeading.Options);

    /// <summary>A heading as help shows it.</summary>
    public static string Title(HelpHeading heading) => heading switch
    {
        HelpHeading.Options => "Options",
        HelpHeading.Reading => "Reading files",
        HelpHeading.Columns => "Columns and labels",
        HelpHeading.Evaluation => "Rows for evaluation",
        HelpHeading.Model => "Model",
        HelpHeading.Calibration => "Calibration and prediction sets",
        HelpHeading.Decisions => "Decisions and distribution shift",
        HelpHeading.Streaming => "Training from disk",
        _ => "General",
    };
}
