#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    $homeBefore = $env:ONNXDEEP_HOME
    $env:ONNXDEEP_HOME = Join-Path $TestDrive home
    Import-Module OnnxDeep
    $by = 'OnnxDeep.PowerShell.Cmdlets.ExportWordVectorCommand'
    Set-Content "$TestDrive/v.txt" 'salad 0.1 -2e-05 3', 'ice cream 4.5 5 6.25'
    $null = Import-WordVector "$TestDrive/v.txt" small
}

AfterAll {
    $env:ONNXDEEP_HOME = $homeBefore
}

Describe 'Export-WordVector' {
    It 'writes <Format> that Import-WordVector reads back number for number' -ForEach @(
        @{ Format = 'Word2VecText'; Files = 1 }
        @{ Format = 'GloVe'; Files = 1 }
        @{ Format = 'SafeTensors'; Files = 1 }
        @{ Format = 'Npy'; Files = 2 }
    ) {
        $written = Export-WordVector "$TestDrive/$Format.out" small -Format $Format -WarningAction SilentlyContinue
        $null = Import-WordVector "$TestDrive/$Format.out" $Format

        $written | Should -HaveCount $Files
        @($written)[0] | Should -BeOfType [IO.FileInfo]
        foreach ($word in 'salad', 'ice cream') {
            (Get-WordVector $word -Vectors $Format).Vector | Should -Be (Get-WordVector $word -Vectors small).Vector
        }
    }

    It 'writes underscores for blanks unless -KeepBlank keeps them' {
        $null = Export-WordVector "$TestDrive/o.txt" small -WarningVariable warnings -WarningAction SilentlyContinue
        Get-Content "$TestDrive/o.txt" | Should -Be '2 3', 'salad 0.1 -2E-05 3', 'ice_cream 4.5 5 6.25'
        $warnings | Should -Match 'underscores'

        $null = Export-WordVector "$TestDrive/o.txt" small -KeepBlank -Format GloVe
        Get-Content "$TestDrive/o.txt" | Should -Be 'salad 0.1 -2E-05 3', 'ice cream 4.5 5 6.25'
    }

    It 'takes the table from the pipeline and the most common words with -Limit' {
        $null = Get-WordVectorTable small | Export-WordVector "$TestDrive/limited.txt" -Limit 1

        (Get-Content "$TestDrive/limited.txt")[0] | Should -Be '1 3'
    }

    It 'leaves a file alone with -<Switch>' -ForEach @{ Switch = 'NoClobber' }, @{ Switch = 'WhatIf' } {
        Set-Content "$TestDrive/mine.txt" mine
        $arguments = @{ $Switch = $true; ErrorAction = 'SilentlyContinue' }
        try { Export-WordVector "$TestDrive/mine.txt" @arguments } catch { $_.FullyQualifiedErrorId | Should -Be "FileExists,$by" }

        Get-Content "$TestDrive/mine.txt" | Should -Be mine
    }

    It '<Id> ends the command' -ForEach @(
        @{ Id = 'VectorsNotFound'; Script = { Export-WordVector "$TestDrive/x.txt" nosuch } }
        @{ Id = 'OutputNotWritable'; Script = { Export-WordVector "$TestDrive/v.txt/below" small } }
    ) {
        $Script | Should -Throw -ErrorId "$Id,$by"
    }
}
