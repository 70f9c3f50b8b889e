using System.Text;
using Warta;
using Warta.Cli;

// Routes, wiring and the order of things are in Server.cs; commands in Cli/; every recurring job in Timetable.cs.
Console.OutputEncoding = new UTF8Encoding(false);
try
{
    return CommandLine.Invoke(CommandLine.Build(new LocalHost(args), Server.Run), args, Console.Out, Console.Error);
}
catch (Exception e)
{
    Console.Error.WriteLine(CommandLine.Unforeseen(e));
    return 1;
}
