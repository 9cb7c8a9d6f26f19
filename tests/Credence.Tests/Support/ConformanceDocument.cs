using System.Reflection;
using System.Text;

namespace Credence.Tests.Support;

/// <summary>docs/conformance.md as the tests' attributes give it.</summary>
internal static class ConformanceDocument
{
    private static readonly string[] Topics = ["Calibration", "Evaluation", "Prediction sets", "Deciding", "Out of distribution", "Shift"];

    /// <summary>The whole text.</summary>
    public static string Text()
    {
        (MethodInfo Method, ConformanceAttribute Entry)[] entries =
        [
            .. typeof(ConformanceDocument).Assembly.GetTypes()
                .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
                .Select(method => (method, entry: method.GetCustomAttribute<ConformanceAttribute>()!))
                .Where(pair => pair.entry is not null)
                .OrderBy(pair => Place(pair.entry), Comparer<int>.Default)
                .ThenBy(pair => pair.entry.Anchor, StringComparer.Ordinal)
                .ThenBy(pair => pair.method.Name, StringComparer.Ordinal),
        ];
        var text = new StringBuilder();
        text.Append("# Conformance\n\nFaults found in other libraries, what this one does instead, and the test that shows it. Written "
            + "from the tests by the test\n");
        text.Append("`ConformanceDocumentTests`; run it with `CREDENCE_APPROVE=1` after adding one.\n");
        foreach (IGrouping<string, (MethodInfo Method, ConformanceAttribute Entry)> topic in entries.GroupBy(pair => pair.Entry.Topic))
        {
            text.Append($"\n## {topic.Key}\n\n| where | fault | here | test |\n| --- | --- | --- | --- |\n");
            foreach ((MethodInfo method, ConformanceAttribute entry) in topic)
                text.Append($"| {Cell(entry.Anchor)} | {Cell(entry.Fault)} | {Cell(entry.Answer)} | "
                    + $"`{method.DeclaringType!.Name}.{method.Name}` |\n");
        }

        return text.ToString();
    }

    /// <summary>The file.</summary>
    public static string Path() => Repository.Path("docs", "conformance.md");

    private static int Place(ConformanceAttribute entry) => Array.IndexOf(Topics, entry.Topic) is >= 0 and int place
        ? place
        : throw new InvalidOperationException($"'{entry.Topic}' is no topic; there are {string.Join(", ", Topics)}.");

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
