using System.CommandLine;
using Credence.Shift;
using Credence.Workflows;

namespace Credence.Cli.Options;

/// <summary><c>--shift</c>: how the model will estimate the class priors of future rows.</summary>
internal static class ShiftOption
{
    private static readonly Option<string> Shift = new Option<string>("--shift")
    {
        HelpName = "em|bbse",
        Description = "Estimate shifted class priors by em (from probabilities) or bbse (from predicted classes).",
        DefaultValueFactory = _ => "em",
    }.Under(HelpHeading.Decisions);

    /// <summary>Adds the option to a command.</summary>
    public static void AddTo(Command command)
    {
        Shift.AcceptOnlyFromAmong([.. LabelShiftNames.All]);
        command.Options.Add(Shift);
    }

    /// <summary>The method.</summary>
    public static LabelShiftMethod Read(Invocation invocation) => LabelShiftNames.Method(invocation.Get(Shift)!);
}
