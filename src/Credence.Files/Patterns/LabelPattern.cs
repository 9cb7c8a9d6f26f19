using System.Text.RegularExpressions;
using Credence.Data;
using Credence.Files.Inputs;

namespace Credence.Files.Patterns;

/// <summary>A regular expression that finds the label, and perhaps the group, in a file's name or in a line.</summary>
internal sealed class LabelPattern
{
    private readonly Regex regex;

    private LabelPattern(Regex regex)
    {
        this.regex = regex;
        HasGroup = regex.GetGroupNames().Contains("group");
        HasText = regex.GetGroupNames().Contains("text");
    }

    /// <summary>Whether it finds a group too.</summary>
    public bool HasGroup { get; }

    /// <summary>Whether it finds the text too.</summary>
    public bool HasText { get; }

    /// <summary>The pattern of the options, or null.</summary>
    /// <exception cref="ArgumentException">It is not a regular expression, or has no group named label.</exception>
    public static LabelPattern? Of(ReadOptions options)
    {
        if (options.LabelPattern is not { } pattern)
            return null;

        Regex regex;
        try
        {
            regex = new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException error)
        {
            throw new ArgumentException($"{ReadOptionNames.LabelPattern} '{pattern}' is not a valid regular expression: {error.Message}");
        }

        return regex.GetGroupNames().Contains("label")
            ? new LabelPattern(regex)
            : throw new ArgumentException(
                $"{ReadOptionNames.LabelPattern} '{pattern}' has no group named label; write (?<label>…) around the label.");
    }

    /// <summary>Whether a text has a label, and the matched parts.</summary>
    /// <exception cref="InvalidDataException">The pattern takes more than a second on the text.</exception>
    public bool TryMatch(string text, RowPlace place, out LabelMatch match)
    {
        try
        {
            Match found = regex.Match(text);
            match = found.Success
                ? new LabelMatch(found.Groups["label"].Value, HasGroup ? found.Groups["group"].Value : "", Rest(text, found))
                : default;
            return found.Success && match.Label.Length > 0;
        }
        catch (RegexMatchTimeoutException)
        {
            throw new InvalidDataException($"{place}: {ReadOptionNames.LabelPattern} takes longer than a second on this text.");
        }
    }

    /// <summary>The exception for a text without a label.</summary>
    public InvalidDataException NoMatch(string text, RowPlace place) =>
        new($"{place}: {ReadOptionNames.LabelPattern} '{regex}' finds no label in '{NameDisplay.Shortened(text)}'.");

    /// <summary>The named text, or the text outside the match, or where that is empty all text but the label.</summary>
    private string Rest(string text, Match found)
    {
        if (HasText)
            return found.Groups["text"].Value;

        string rest = text.Remove(found.Index, found.Length);
        Group label = found.Groups["label"];
        return string.IsNullOrWhiteSpace(rest) ? text.Remove(label.Index, label.Length) : rest;
    }
}

/// <summary>The match of a pattern.</summary>
/// <param name="Label">The label.</param>
/// <param name="Group">The group, or empty.</param>
/// <param name="Rest">The text outside the match.</param>
internal readonly record struct LabelMatch(string Label, string Group, string Rest);
