"""Common Brazilian given names: how a person's name is told from other capitalised words.

After the lists of the census of 2010 (IBGE, Nomes no Brasil). Names that are also words of the
warehouse or of its places (Rosa, Vitória, Cruz) are left out.
"""

from __future__ import annotations

GIVEN = frozenset(
    """
    adriana adriano agatha alan alessandra alessandro alex alexandre alexsandro alice aline alisson
    amanda ana anderson andre andrea andreia andressa angela antonia antonio aparecida arthur artur
    augusto barbara beatriz benedita benedito benjamin bernardo bianca breno bruna bruno caio camila
    carla carlos carolina caroline cassia catarina cecilia celia celso cesar cicera cicero cintia
    clarice claudia claudio cleide cleiton cristiane cristiano cristina daiane daniel daniela
    daniele danilo davi david debora deise denise diana diego diogo djalma douglas edilson edinaldo
    edna edson eduarda eduardo elaine eliana eliane elias elisangela elizabete elza emanuel emanuele
    emerson enzo erica erik erika ester estevao eva evandro everton fabiana fabiano fabio fabricio
    fatima felipe fernanda fernando flavia flavio franciele francisca francisco gabriel gabriela
    geovana geraldo gilberto gilmar giovana giovanna gisele giselle givanildo gleice graziele
    guilherme gustavo helena heloisa henrique hugo igor ines ingrid iracema irene isabel isabela
    isabella isadora ivan ivone izabel jaqueline jean jefferson jessica joana joao joaquim joaquina
    jonas jonathan jorge jose josefa josiane josue joyce juan juliana juliano julio juraci jussara
    karen karina karine katia kelly laercio lais lara larissa laura leandro leila leonardo leticia
    lidia ligia lilian lorena lorenzo lourdes lucas luciana luciano lucia lucimar luis luisa luiz
    luiza luzia maicon maiara maira manoel manuel manuela marcela marcelo marcia marcio marcos maria
    mariana mariane marilene marina marlene marli marta mateus matheus mauricio mauro maxwell mayara
    melissa michele michelle miguel milena mirela miriam moacir moises monica murilo natalia
    natasha nathalia neide neusa nicolas nicole nilson odair olivia orlando osmar osvaldo otavio
    pablo patricia paula paulo pedro pietro priscila rafael rafaela raimunda raimundo raquel raul
    rebeca regiane regina reginaldo renan renata renato ricardo rita roberta roberto robson rodolfo
    rodrigo rogerio romulo ronaldo rosana rosangela roseli rosemeire rosilene rubens ruth sabrina
    samanta samuel sandra sara sebastiana sebastiao sergio severino sheila silvana silvia silvio
    simone solange sonia sophia sueli suelen suzana tais tamires tania tatiana tatiane telma teresa
    terezinha thais thiago tiago tomas ulisses valdir valeria valter vanderlei vanessa vania vera
    veronica vicente victor vinicius vitor vivian viviane wagner walter wanderson washington
    wellington wesley willian wilson yasmin yuri zelia zilda
    """.split()
)
