namespace Credence.Persistence;

/// <summary>The outputs that this process is writing. A process that ends at once leaves nothing half-done behind: <see cref="Abandon"/>
/// removes what has no name yet, and from then on nothing gets one.</summary>
public static class UnfinishedWrites
{
    private static readonly Lock Gate = new();
    private static readonly HashSet<PendingFile> Pending = [];

    /// <summary>Told the path of each output, as it was given, that others can see from now on, and whether it is whole: a file that got
    /// its name is, a pipe that got its first bytes is not yet.</summary>
    public static event Action<string, bool>? Seen;

    /// <summary>Deletes the temporary files of all writes under way. Threads that would publish one afterwards wait for the process to
    /// end.</summary>
    public static void Abandon()
    {
        Gate.Enter();
        foreach (PendingFile file in Pending)
            file.DeleteTemporary();
    }

    internal static void Add(PendingFile file)
    {
        lock (Gate)
            Pending.Add(file);
    }

    internal static void Publish(PendingFile file, Action rename)
    {
        lock (Gate)
        {
            rename();
            Pending.Remove(file);
            Seen?.Invoke(file.Path, true);
        }
    }

    internal static void Drop(PendingFile file)
    {
        lock (Gate)
        {
            if (Pending.Remove(file))
                file.RemoveTemporary();
        }
    }

    internal static void Begin(string path)
    {
        lock (Gate)
            Seen?.Invoke(path, false);
    }
}
