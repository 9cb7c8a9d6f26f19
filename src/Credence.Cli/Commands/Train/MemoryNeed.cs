namespace Credence.Cli.Commands.Train;

/// <summary>Says before hours are lost that files are too large to be trained on in memory.</summary>
internal static class MemoryNeed
{
    /// <summary>Cells as numbers and as features take no less than this times their text.</summary>
    private const double LeastTimes = 2;

    /// <summary>Refuses files that memory can't hold.</summary>
    /// <exception cref="InvalidDataException">They are too large.</exception>
    public static void Check(string[] paths)
    {
        long size = paths.Where(File.Exists).Sum(path => new FileInfo(path).Length), available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (size * LeastTimes > available)
        {
            throw new InvalidDataException(
                $"{Mega(size)} of data take {Mega(size * LeastTimes)} of memory or more, and there are {Mega(available)}. Give --stream to train from disk, in memory that does not grow with the rows.");
        }
    }

    private static string Mega(double bytes) => FormattableString.Invariant($"{bytes / 1e6:#,0} MB");
}
