using System.CommandLine;
using Credence.Shift;

namespace Credence.Cli.Options;

/// <summary><c>--shift</c>: how the model to be made will estimate the classes' shares among rows to come.</summary>
internal static class ShiftOption
{
    private static readonly (string Name, LabelShiftMethod Method)[] Known = [("em", LabelShiftMethod.ExpectationMaximisation), ("bbse", LabelShiftMethod.BlackBox)];

    private static readonly Option<string> Shift = new("--shift")
    {
        HelpName = "em|bbse",
        Description = "How the classes' shares among rows to come are estimated: em from the probabilities, bbse from how often each class is predicted, which needs no calibration.",
        DefaultValueFactory = _ => "em",
    };

    /// <summary>Gives a command the option.</summary>
    public static void AddTo(Command command)
    {
        Shift.AcceptOnlyFromAmong([.. Known.Select(known => known.Name)]);
        command.Options.Add(Shift);
    }

    /// <summary>The method.</summary>
    public static LabelShiftMethod Read(Invocation invocation) => Array.Find(Known, known => known.Name == invocation.Get(Shift)).Method;

    /// <summary>The name of a method.</summary>
    public static string NameOf(LabelShiftMethod method) => Array.Find(Known, known => known.Method == method).Name;
}
